// How the list and its rows look.
import { css } from "lit";

export const rows = css`
  :host { display: block; position: relative; min-block-size: 0; }
  .scroller { position: absolute; inset: 0; overflow-y: auto; overflow-x: hidden; overflow-anchor: none; overscroll-behavior: contain; display: flex; flex-direction: column; padding: 0 clamp(0.6rem, 2.5cqi, 1.5rem); scrollbar-width: thin; scrollbar-color: var(--_line) transparent; outline-offset: -2px; }
  .top { min-block-size: 2.5rem; margin-block-start: auto; display: grid; place-items: center; flex: none; color: var(--_muted); font-size: 0.8rem; }
  .rows { padding-block-end: 0.75rem; flex: none; }
  .spinner { inline-size: 1.2rem; block-size: 1.2rem; border: 2px solid var(--_line); border-block-start-color: var(--_accent); border-radius: 50%; animation: turn 0.8s linear infinite; }
  @keyframes turn { to { rotate: 360deg; } }

  .day, .divider { display: flex; align-items: center; gap: 0.75rem; margin-block: 1rem 0.6rem; font-size: 0.78rem; font-weight: 600; color: var(--_muted); }
  .day { justify-content: center; }
  .day span { background: var(--_hover); padding: 0.2rem 0.75rem; border-radius: 1rem; }
  .day span::first-letter { text-transform: uppercase; }
  .divider { color: var(--_danger); margin-block: 0.6rem; }
  .divider::before, .divider::after { content: ""; flex: 1; block-size: 1px; background: currentColor; opacity: 0.45; }
  .note { text-align: center; font-size: 0.8rem; color: var(--_muted); padding: 0.2rem 1rem; margin-block: 0.15rem; border-radius: 8px; overflow-wrap: anywhere; }

  .line { display: flex; align-items: flex-end; gap: 0.5rem; margin-block-start: 0.7rem; border-radius: 12px; position: relative; }
  .line.headless { margin-block-start: 0.15rem; }
  .line.own { flex-direction: row-reverse; }
  .line:focus-visible { outline-offset: 3px; }
  .line .avatar { align-self: flex-start; }
  .headless .avatar { visibility: hidden; block-size: 0; }
  .bubble { background: var(--_surface); border: 1px solid var(--_line); border-radius: var(--_radius); border-start-start-radius: 5px; padding: 0.45rem 0.75rem; max-inline-size: min(44rem, 82%); min-inline-size: 0; display: flow-root; }
  .headless .bubble { border-start-start-radius: var(--_radius); }
  .own .bubble { background: var(--_own); border-color: transparent; color: var(--_own-text); border-start-start-radius: var(--_radius); border-start-end-radius: 5px; }
  .own.headless .bubble { border-start-end-radius: var(--_radius); }
  .bubble > .name { display: block; font-size: 0.83rem; font-weight: 600; margin-block-end: 0.1rem; }
  .meta { float: inline-end; margin-inline-start: 0.8rem; margin-block-start: 0.3rem; font-size: 0.72rem; line-height: 1.3; color: var(--_muted); white-space: nowrap; display: inline-flex; align-items: center; gap: 0.25rem; }
  .own .meta { color: var(--_own-muted); }
  .state .icon { inline-size: 1.05em; block-size: 1.05em; vertical-align: -0.15em; }
  .sending .bubble { opacity: 0.75; }
  .failed .bubble { border: 1px solid var(--_danger); }
  .failed .state { color: var(--_danger); }
  .failure { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 0.75rem; clear: both; padding-block-start: 0.4rem; font-size: 0.82rem; color: var(--_danger); }
  .failure button { text-decoration: underline; font-weight: 600; padding: 0.15rem 0.2rem; }
  .gone { font-style: italic; color: var(--_muted); font-size: 0.9rem; }
  .own .gone { color: var(--_own-muted); }

  .quote { display: grid; inline-size: 100%; text-align: start; border-inline-start: 3px solid light-dark(oklch(0.55 0.12 var(--_h)), oklch(0.75 0.1 var(--_h))); background: color-mix(in srgb, currentColor 6%, transparent); border-radius: 6px; padding: 0.25rem 0.6rem; margin-block: 0.15rem 0.35rem; font-size: 0.83rem; }
  .quote .name { font-weight: 600; }
  .quote .said { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .own .quote .name { color: inherit; }

  .tools { display: flex; opacity: 0; transition: opacity 0.1s; align-self: center; }
  .tools .round { inline-size: 2rem; block-size: 2rem; }
  .line:hover .tools, .line:focus-within .tools, .line.touched .tools { opacity: 1; }
  @media (hover: none) { .line:not(.touched) .tools { display: none; } }
  .found .bubble { animation: found 1.6s ease-out; }
  @keyframes found { 0%, 40% { box-shadow: 0 0 0 3px var(--_accent); } }

  .jump { position: absolute; inset-block-end: 0.9rem; inset-inline-end: 1.2rem; inline-size: 2.7rem; block-size: 2.7rem; border-radius: 50%; display: grid; place-items: center; background: var(--_raised); color: var(--_text); border: 1px solid var(--_line); box-shadow: 0 3px 12px rgb(0 0 0 / 0.18); }
  .jump .count { position: absolute; inset-block-start: -0.5rem; inset-inline: -0.3rem; margin-inline: auto; inline-size: fit-content; background: var(--_accent); color: var(--_on-accent); font-size: 0.72rem; font-weight: 700; padding: 0.1rem 0.45rem; border-radius: 1rem; }

  .skeleton { display: grid; gap: 0.9rem; padding-block: 1rem; }
  .skeleton i { block-size: 2.6rem; inline-size: 46%; border-radius: var(--_radius); background: var(--_hover); animation: breathe 1.4s ease-in-out infinite alternate; }
  .skeleton i:nth-child(2) { inline-size: 30%; justify-self: end; }
  .skeleton i:nth-child(3) { inline-size: 62%; }
  .skeleton i:nth-child(4) { inline-size: 24%; }
  .skeleton i:nth-child(5) { inline-size: 40%; justify-self: end; }
  @keyframes breathe { to { opacity: 0.45; } }

  :host([compact]) .avatar { display: none; }
  :host([compact]) .line { margin-block-start: 0.3rem; }
  :host([compact]) .line.headless { margin-block-start: 0.1rem; }
  :host([compact]) .bubble { padding: 0.25rem 0.6rem; border-radius: 9px; max-inline-size: 92%; }
`;
