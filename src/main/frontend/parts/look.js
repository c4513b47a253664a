// Colours and measures that everything shares. A page that embeds <chat-room> sets the --chat-* ones.
import { css } from "lit";

/** For the host of everything: what follows from the theme. */
export const tokens = css`
  :host {
    color-scheme: light dark;
    --_canvas: var(--chat-background, light-dark(#faf8f4, #171614));
    --_surface: var(--chat-surface, light-dark(#ffffff, #22201d));
    --_raised: var(--chat-raised, light-dark(#ffffff, #2b2825));
    --_hover: light-dark(#f1ede6, #2d2a27);
    --_text: var(--chat-text, light-dark(#22201d, #ece7df));
    --_muted: var(--chat-muted, light-dark(#655f57, #aaa297));
    --_line: var(--chat-line, light-dark(#e4ded5, #37332f));
    --_field: light-dark(#8d867c, #7d766c);
    --_accent: var(--chat-accent, light-dark(#1c6a57, #7fcfb6));
    --_on-accent: var(--chat-on-accent, light-dark(#ffffff, #0a2a21));
    --_own: var(--chat-own, light-dark(#d9eee5, #1d4338));
    --_own-text: var(--chat-own-text, light-dark(#12332a, #e4f4ed));
    --_own-muted: light-dark(#3f6558, #a5cabd);
    --_danger: light-dark(#a8231b, #ffb0a5);
    --_on-danger: light-dark(#ffffff, #4a0803);
    --_mention: light-dark(#fbeab4, #55430f);
    --_mention-text: light-dark(#5e4100, #ffe6ab);
    --_code: light-dark(#f0ebe3, #15140f);
    --_radius: var(--chat-radius, 14px);
    --_font: var(--chat-font, "Inter", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif);
    --_mono: var(--chat-mono, ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace);
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--chat-font-size, 15px);
    line-height: 1.45;
  }
  :host([theme="light"]) { color-scheme: light; }
  :host([theme="dark"]) { color-scheme: dark; }
`;

/** For every part. */
export const basics = css`
  :host([hidden]), [hidden] { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  .icon { inline-size: 1.25em; block-size: 1.25em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; flex: none; vertical-align: -0.25em; }
  .flip:dir(rtl) .icon { transform: scaleX(-1); }
  button { font: inherit; color: inherit; cursor: pointer; border: 0; background: none; padding: 0; border-radius: 9px; touch-action: manipulation; }
  button:disabled { cursor: default; opacity: 0.5; }
  :focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
  .round { inline-size: 2.4rem; block-size: 2.4rem; display: inline-grid; place-items: center; color: var(--_muted); }
  .round:hover:not(:disabled) { background: var(--_hover); color: var(--_text); }
  .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .main { background: var(--_accent); color: var(--_on-accent); font-weight: 600; padding: 0.6rem 1.1rem; border-radius: 10px; }
  .main:hover:not(:disabled) { filter: brightness(1.08); }
  @media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation-duration: 0.01ms !important; transition-duration: 0.01ms !important; scroll-behavior: auto !important; } }
`;

/** A hue for each person, the same everywhere. @param {string} id */
export function hueOf(id) {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + char.codePointAt(0)) | 0;
  return Math.abs(hash) % 10;
}

export const hues = css`
  .hue0 { --_h: 20; } .hue1 { --_h: 55; } .hue2 { --_h: 85; } .hue3 { --_h: 125; } .hue4 { --_h: 160; } .hue5 { --_h: 195; } .hue6 { --_h: 235; } .hue7 { --_h: 275; } .hue8 { --_h: 310; } .hue9 { --_h: 345; }
  .name { color: light-dark(oklch(0.46 0.12 var(--_h, 20)), oklch(0.82 0.09 var(--_h, 20))); }
  .avatar { display: grid; place-items: center; inline-size: 2.25rem; block-size: 2.25rem; border-radius: 50%; font-weight: 600; font-size: 0.85rem; flex: none; user-select: none;
    background: light-dark(oklch(0.9 0.05 var(--_h, 20)), oklch(0.38 0.06 var(--_h, 20))); color: light-dark(oklch(0.38 0.1 var(--_h, 20)), oklch(0.93 0.04 var(--_h, 20))); }
`;

/** One or two letters for somebody without a picture. @param {string} name */
export function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? "?"];
  return letters.map((word) => [...word][0]).join("").toUpperCase();
}
