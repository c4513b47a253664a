import { svg, html } from "lit";

// 24 x 24, drawn with a line of 2.
const PATHS = {
  send: svg`<path d="M4 12 20 4l-5 16-3.5-6.5z"/><path d="m11.5 13.500 3.500-4"/>`,
  reply: svg`<path d="M9 7 4 12l5 5"/><path d="M4 12h9a7 7 0 0 1 7 7"/>`,
  more: svg`<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>`,
  down: svg`<path d="M12 5v14"/><path d="m6 13 6 6 6-6"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  check: svg`<path d="m5 12 5 5 9-10"/>`,
  clock: svg`<circle cx="12" cy="12" r="8"/><path d="M12 8v4l3 2"/>`,
  alert: svg`<circle cx="12" cy="12" r="9"/><path d="M12 8v5M12 16v.5"/>`,
  chats: svg`<path d="M4 5h16v11H9l-5 4z"/>`,
};

/** A picture that says nothing to who cannot see it: what it is for stands beside it. @param {string} name */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}

/** @param {Record<string, unknown>} more further pictures by name */
export function addIcons(more) {
  Object.assign(PATHS, more);
}
