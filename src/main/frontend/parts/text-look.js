// How formatted text looks.
import { css } from "lit";

export const text = css`
  .content { white-space: pre-wrap; overflow-wrap: anywhere; display: inline; }
  .content a { color: inherit; text-decoration: underline; text-underline-offset: 2px; unicode-bidi: isolate; }
  .content code { font-family: var(--_mono); font-size: 0.88em; background: var(--_code); color: var(--_text); border-radius: 5px; padding: 0.1em 0.3em; }
  .content pre { margin: 0.35rem 0; background: var(--_code); color: var(--_text); border-radius: 8px; padding: 0.55rem 0.75rem; white-space: pre-wrap; direction: ltr; text-align: left; }
  .content pre code { background: none; padding: 0; }
  .content blockquote { margin: 0.2rem 0; padding-inline-start: 0.7rem; border-inline-start: 3px solid var(--_field); }
  .mention { color: var(--_accent); font-weight: 600; }
  .own .mention { color: inherit; }
  .mention.me { background: var(--_mention); color: var(--_mention-text); border-radius: 5px; padding: 0 0.25em; }
`;
