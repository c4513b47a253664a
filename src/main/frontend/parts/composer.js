// Where one writes.
import { LitElement, css, html, nothing } from "lit";
import { icon } from "./icons.js";
import { basics, hues, hueOf } from "./look.js";
import { firstLine } from "./row.js";

const MOST_LINES_PX = 200;
const TYPING_AGAIN_MS = 3_000;
const TYPING_ENDS_MS = 5_000;
const CHOICES = 6;
const NAME_BEGUN = /(?:^|\s)@([\p{L}\p{M}\p{N}._-]*)$/u;

/**
 * Events that do not leave the host: `say` (detail: the text), `typing` (detail: `start` or `stop`), `unreply`.
 * What was written and not sent is kept for each `draftFor`.
 */
export class MessageComposer extends LitElement {
  static properties = {
    words: { attribute: false },
    label: { attribute: false },
    replyTo: { attribute: false },
    names: { attribute: false },
    disabled: { type: Boolean },
    longest: { attribute: false },
    draftFor: { attribute: false },
    text: { state: true },
    choice: { state: true },
    choices: { state: true },
  };

  static styles = [basics, hues, css`
    :host { display: block; position: relative; }
    form { display: flex; align-items: flex-end; gap: 0.5rem; background: var(--_surface); border: 1px solid var(--_field); border-radius: calc(var(--_radius) + 4px); padding: 0.3rem 0.35rem 0.3rem 0.9rem; }
    :host(:dir(rtl)) form { padding: 0.3rem 0.9rem 0.3rem 0.35rem; }
    form:focus-within { border-color: var(--_accent); box-shadow: 0 0 0 1px var(--_accent); }
    textarea { flex: 1; min-inline-size: 0; font: inherit; font-size: max(16px, 1em); color: inherit; background: none; border: 0; outline: 0; resize: none; padding: 0.5rem 0; max-block-size: ${MOST_LINES_PX}px; line-height: 1.4; scrollbar-width: thin; }
    textarea:focus-visible { outline: none; }
    textarea::placeholder { color: var(--_muted); opacity: 1; }
    .send { inline-size: 2.5rem; block-size: 2.5rem; padding: 0; display: grid; place-items: center; border-radius: 50%; background: var(--_accent); color: var(--_on-accent); flex: none; transition: transform 0.12s, opacity 0.12s; }
    .send:disabled { background: var(--_hover); color: var(--_muted); opacity: 1; }
    .send:not(:disabled):active { transform: scale(0.92); }
    .reply { display: flex; align-items: center; gap: 0.5rem; padding: 0.4rem 0.4rem 0.4rem 0.8rem; margin-block-end: 0.35rem; border-radius: 10px; background: var(--_hover); font-size: 0.85rem; }
    .reply p { flex: 1; min-inline-size: 0; margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .reply .name { font-weight: 600; }
    .choices { position: absolute; inset-block-end: calc(100% + 0.35rem); inset-inline-start: 0; min-inline-size: 14rem; max-inline-size: 100%; margin: 0; padding: 0.35rem; list-style: none; background: var(--_raised); border: 1px solid var(--_line); border-radius: 12px; box-shadow: 0 8px 28px rgb(0 0 0 / 0.2); z-index: 3; }
    .choices li { padding: 0.45rem 0.7rem; border-radius: 8px; cursor: pointer; overflow: hidden; text-overflow: ellipsis; }
    .choices li[aria-selected="true"] { background: var(--_hover); color: var(--_accent); font-weight: 600; }
    .left { align-self: center; font-size: 0.75rem; color: var(--_muted); font-variant-numeric: tabular-nums; }
    .left.none { color: var(--_danger); font-weight: 700; }
  `];

  constructor() {
    super();
    this.label = "";
    /** @type {import("./timeline.js").Entry | undefined} */ this.replyTo = undefined;
    /** @type {string[]} */ this.names = [];
    this.disabled = false;
    this.longest = 4000;
    this.draftFor = "";
    this.text = "";
    this.choices = [];
    this.choice = 0;
    this.drafts = new Map();
  }

  render() {
    const { words, replyTo } = this;
    const left = this.longest - [...this.text].length;
    return html`
      ${this.choices.length === 0 ? nothing : html`
        <ul class="choices" role="listbox" id="choices" aria-label=${words.say("people")}>
          ${this.choices.map((name, i) => html`<li role="option" id="choice${i}" aria-selected=${i === this.choice} @pointerdown=${(event) => this.#pick(event, name)}><bdi>@${name}</bdi></li>`)}
        </ul>`}
      ${replyTo ? html`
        <div class="reply hue${hueOf(replyTo.userId ?? "")} hue">
          <p><span class="name">${words.say("replyTo", { name: replyTo.own ? words.say("you") : replyTo.username })}</span> <bdi>${firstLine(replyTo.content ?? "")}</bdi></p>
          <button type="button" class="round" aria-label=${words.say("cancel")} title=${words.say("cancel")} @click=${() => this.#tell("unreply")}>${icon("close")}</button>
        </div>` : nothing}
      <form part="composer" @submit=${this.#submit}>
        <textarea rows="1" dir="auto" .value=${this.text} ?disabled=${this.disabled} placeholder=${this.label} aria-label=${this.label} enterkeyhint="send"
          autocapitalize="sentences" aria-autocomplete="list" aria-controls=${this.choices.length ? "choices" : nothing}
          aria-activedescendant=${this.choices.length ? "choice" + this.choice : nothing}
          @input=${this.#typed} @keydown=${this.#pressed} @blur=${this.#blurred}></textarea>
        ${left < 200 ? html`<span class="left ${left < 0 ? "none" : ""}">${words.number(left)}</span>` : nothing}
        <button class="send" ?disabled=${this.disabled || this.text.trim() === "" || left < 0} aria-label=${words.say("send")} title=${words.say("send")}><span class="flip">${icon("send")}</span></button>
      </form>`;
  }

  willUpdate(changed) {
    if (changed.has("draftFor") && this.hasUpdated) {
      this.drafts.set(changed.get("draftFor"), this.text);
      this.text = this.drafts.get(this.draftFor) ?? "";
      this.choices = [];
      this.#stopTyping();
    }
  }

  updated(changed) {
    if (changed.has("text")) this.#grow();
    if (changed.has("replyTo") && this.replyTo) this.focus();
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector("textarea"));
  }

  focus() {
    this.#field?.focus();
  }

  /** Puts something at the end of what is being written. @param {string} text */
  insert(text) {
    this.text = this.text && !/\s$/.test(this.text) ? `${this.text} ${text}` : this.text + text;
    this.focus();
  }

  #grow() {
    const field = this.#field;
    field.style.setProperty("height", "auto");
    field.style.setProperty("height", Math.min(field.scrollHeight, MOST_LINES_PX) + "px");
  }

  #typed() {
    this.text = this.#field.value;
    this.#suggest();
    if (this.text.trim() === "" || this.text.startsWith("/")) this.#stopTyping();
    else if (Date.now() - (this.toldTyping ?? 0) > TYPING_AGAIN_MS) {
      this.toldTyping = Date.now();
      this.#tell("typing", "start");
    }
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.#stopTyping(), TYPING_ENDS_MS);
  }

  #stopTyping() {
    clearTimeout(this.typingEnds);
    if (!this.toldTyping) return;
    this.toldTyping = 0;
    this.#tell("typing", "stop");
  }

  #suggest() {
    const begun = NAME_BEGUN.exec(this.text.slice(0, this.#field.selectionStart))?.[1].toLowerCase();
    this.choices = begun === undefined ? [] : this.names.filter((name) => name.toLowerCase().startsWith(begun)).slice(0, CHOICES);
    this.choice = 0;
  }

  #pick(event, name) {
    event.preventDefault();
    const at = this.#field.selectionStart;
    const before = this.text.slice(0, at).replace(/@[^@]*$/, `@${name} `);
    this.text = before + this.text.slice(at);
    this.choices = [];
    this.updateComplete.then(() => this.#field.setSelectionRange(before.length, before.length));
  }

  #pressed(event) {
    if (event.isComposing) return;
    const { key } = event;
    if (this.choices.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (step) {
        this.choice = (this.choice + step + this.choices.length) % this.choices.length;
        event.preventDefault();
        return;
      }
      if (key === "Enter" || key === "Tab") return this.#pick(event, this.choices[this.choice]);
      if (key === "Escape") {
        this.choices = [];
        event.stopPropagation();
        return;
      }
    }
    if (key === "Enter" && !event.shiftKey && !event.altKey) this.#submit(event);
    else if (key === "Escape" && this.replyTo) {
      event.stopPropagation();
      this.#tell("unreply");
    }
  }

  #blurred() {
    this.choices = [];
  }

  #submit(event) {
    event.preventDefault();
    const text = this.text.trim();
    if (text === "" || this.disabled || [...text].length > this.longest) return;
    // What the host does not want to be sent stays to be written on.
    const taken = this.dispatchEvent(new CustomEvent("say", { detail: text, cancelable: true }));
    if (!taken) return;
    clearTimeout(this.typingEnds);
    this.toldTyping = 0;
    this.text = "";
    this.#field.value = "";
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
