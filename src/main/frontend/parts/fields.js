// How forms look.
import { css } from "lit";

export const fields = css`
  label { display: grid; gap: 0.35rem; font-size: 0.88rem; font-weight: 600; }
  input:not([type="checkbox"], [type="radio"]), select, textarea.field { font: inherit; font-size: max(16px, 1em); font-weight: 400; color: var(--_text); background: var(--_surface); border: 1px solid var(--_field); border-radius: 10px; padding: 0.6rem 0.8rem; inline-size: 100%; min-inline-size: 0; }
  input:focus-visible, select:focus-visible { outline: 2px solid var(--_accent); outline-offset: 0; border-color: transparent; }
  input[type="checkbox"], input[type="radio"] { accent-color: var(--_accent); inline-size: 1.1rem; block-size: 1.1rem; margin: 0; flex: none; }
  .check { display: flex; align-items: center; gap: 0.6rem; font-weight: 400; }
  .hint { font-size: 0.82rem; font-weight: 400; color: var(--_muted); margin: 0; }
  .wrong { font-size: 0.88rem; color: var(--_danger); margin: 0; }
`;
