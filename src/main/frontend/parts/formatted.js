// Shows what text.js has read. Every word of it ends up in a text node.
import { html } from "lit";
import { parse } from "./text.js";

/** @param {string} content @param {string} me what the reader is called */
export function formatted(content, me) {
  return parse(content, me).map((block) => {
    switch (block.kind) {
      case "code": return html`<pre><code>${block.text}</code></pre>`;
      case "quote": return html`<blockquote>${block.parts.map(part)}</blockquote>`;
      default: return block.parts.map(part);
    }
  });
}

/** @param {import("./text.js").Inline} of */
function part(of) {
  switch (of.kind) {
    case "code": return html`<code>${of.text}</code>`;
    case "bold": return html`<strong>${of.parts.map(part)}</strong>`;
    case "italic": return html`<em>${of.parts.map(part)}</em>`;
    case "mention": return html`<bdi class=${of.me ? "mention me" : "mention"}>${of.text}</bdi>`;
    // text.js lets only http and https through.
    case "link": return html`<a href=${of.href} target="_blank" rel="noopener noreferrer nofollow ugc" dir="ltr">${of.text}</a>`;
    default: return of.text;
  }
}
