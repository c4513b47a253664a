import { html } from "lit";
import { Dialog } from "../dialog.js";

const KEYS = [
  [["Enter"], "key.send"], [["Shift", "Enter"], "key.line"], [["@"], "key.mention"], [["/"], "key.write"], [["Esc"], "key.messages"],
  [["↑", "↓"], "key.move"], [["R"], "key.reply"], [["Enter"], "key.menu"], [["End"], "key.end"], [["Alt", "↑ ↓"], "key.rooms"],
  [["Alt", "Shift", "↑ ↓"], "key.unread"], [["Ctrl", "K"], "key.find"], [["N"], "key.new"], [["P"], "key.people"], [["?"], "key.this"],
];
const COMMANDS = ["/me", "/msg", "/topic", "/kick", "/mute", "/ban", "/leave"];

export class KeysDialog extends Dialog {
  get heading() {
    return this.words.say("keys");
  }

  body() {
    return html`
      <dl>${KEYS.map(([keys, does]) => html`<dt>${keys.map((key, i) => html`${i > 0 ? " + " : ""}<kbd>${key}</kbd>`)}</dt><dd>${this.words.say(does)}</dd>`)}</dl>
      <p class="hint">${this.words.say("formats")}<br><code>**bold** *italic* \`code\` > quote</code></p>
      <p class="hint">${this.words.say("commands")}<br><code>${COMMANDS.join("  ")}</code></p>`;
  }
}
