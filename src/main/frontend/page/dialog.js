// What is laid over the page to ask for something.
import { LitElement, css, html, nothing } from "lit";
import { fields } from "../parts/fields.js";
import { icon } from "../parts/icons.js";
import { basics } from "../parts/look.js";

/**
 * @typedef {object} Around what a dialog is given
 * @property {import("../parts/words.js").Words} words
 * @property {import("./session.js").Session} session
 * @property {import("./chats.js").Chats} chats
 * @property {import("./preferences.js").Preferences} preferences
 * @property {(text: string) => void} say shows a sentence for a moment
 * @property {import("./chats.js").Chat} [chat]
 */

/** Subclasses say their `title` and `body`; a form in it ends with `done()`, or `failed()`. */
export class Dialog extends LitElement {
  static properties = { problem: { state: true }, busy: { state: true } };

  static styles = [basics, fields, css`
    dialog { border: 1px solid var(--_line); border-radius: 20px; padding: 0; inline-size: min(28rem, calc(100vw - 2rem)); max-block-size: min(44rem, calc(100dvh - 2rem)); background: var(--_raised); color: var(--_text); box-shadow: 0 24px 80px rgb(0 0 0 / 0.3); overflow: hidden; }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: rgb(0 0 0 / 0.42); }
    .head { display: flex; align-items: center; gap: 0.5rem; padding: 1.1rem 0.9rem 0.4rem 1.5rem; }
    :host(:dir(rtl)) .head { padding: 1.1rem 1.5rem 0.4rem 0.9rem; }
    h2 { flex: 1; margin: 0; font-size: 1.15rem; overflow-wrap: anywhere; }
    .body { padding: 0.4rem 1.5rem 1.5rem; overflow-y: auto; display: grid; gap: 1.1rem; }
    form { display: grid; gap: 1.1rem; }
    fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 0.6rem; }
    legend { font-size: 0.88rem; font-weight: 600; padding: 0; margin-block-end: 0.5rem; }
    .option { display: flex; gap: 0.7rem; align-items: flex-start; font-weight: 400; font-size: 0.95rem; }
    .option input { margin-block-start: 0.15rem; }
    .option span { display: grid; }
    .buttons { display: flex; justify-content: flex-end; gap: 0.6rem; }
    .buttons button:not(.main) { padding: 0.6rem 1rem; border-radius: 10px; }
    .buttons button:not(.main):hover { background: var(--_hover); }
    .main.danger { background: var(--_danger); color: var(--_on-danger); }
    ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.15rem; }
    dl { display: grid; grid-template-columns: auto 1fr; gap: 0.6rem 1.1rem; margin: 0; align-items: baseline; }
    dt { white-space: nowrap; }
    dd { margin: 0; color: var(--_muted); }
    kbd { font-family: var(--_mono); font-size: 0.82rem; border: 1px solid var(--_line); border-block-end-width: 2px; border-radius: 6px; padding: 0.1rem 0.45rem; background: var(--_surface); }
    .row { display: flex; align-items: center; gap: 0.75rem; }
    .row > :first-child { flex: 1; min-inline-size: 0; }
    .copy { display: flex; gap: 0.5rem; }
    .copy input { flex: 1; }
  `];

  /** @type {Around} */ around;

  constructor() {
    super();
    this.problem = "";
    this.busy = false;
  }

  get words() {
    return this.around.words;
  }

  get heading() {
    return "";
  }

  body() {
    return nothing;
  }

  render() {
    return html`<dialog aria-labelledby="heading" @close=${() => this.remove()} @click=${this.#outside}>
      <div class="head"><h2 id="heading">${this.heading}</h2>
        <button type="button" class="round" @click=${() => this.done()} title=${this.words.say("close")} aria-label=${this.words.say("close")}>${icon("close")}</button></div>
      <div class="body">${this.body()}${this.problem ? html`<p class="wrong" role="alert">${this.problem}</p>` : nothing}</div>
    </dialog>`;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector("dialog"));
  }

  firstUpdated() {
    this.dataset.dialog = "";
    this.#dialog.showModal();
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("[data-first]"))?.focus();
  }

  #outside(event) {
    if (event.target === this.#dialog) this.done();
  }

  /** Buttons for the end of a form. @param {string} main what it does */
  buttons(main, danger = false) {
    return html`<div class="buttons"><button type="button" @click=${() => this.done()}>${this.words.say("cancel")}</button>
      <button class="main ${danger ? "danger" : ""}" ?disabled=${this.busy}>${main}</button></div>`;
  }

  /** What a form does; a refusal is shown. @param {(given: FormData) => Promise<unknown>} act */
  submit(act) {
    return async (event) => {
      event.preventDefault();
      this.busy = true;
      this.problem = "";
      try {
        await act(new FormData(event.target));
      } catch (failure) {
        this.problem = failure.message;
      } finally {
        this.busy = false;
      }
    };
  }

  done() {
    this.#dialog.close();
  }
}
