// A menu that opens where it was asked for.
import { LitElement, css, html } from "lit";
import { basics } from "./look.js";

/** @typedef {{label: string, run: () => void, danger?: boolean}} Choice */

export class ChatMenu extends LitElement {
  static properties = { choices: { state: true } };

  static styles = [basics, css`
    :host { display: contents; }
    [role="menu"] { position: fixed; inset: auto; margin: 0; min-inline-size: 11rem; max-inline-size: min(20rem, 90vw); padding: 0.35rem; border: 1px solid var(--_line); border-radius: 12px; background: var(--_raised); color: var(--_text); box-shadow: 0 10px 34px rgb(0 0 0 / 0.22); font-size: 0.93rem; }
    button { display: block; inline-size: 100%; text-align: start; padding: 0.55rem 0.8rem; border-radius: 8px; }
    button:hover, button:focus-visible { background: var(--_hover); outline-offset: -2px; }
    .danger { color: var(--_danger); }
  `];

  constructor() {
    super();
    /** @type {Choice[]} */ this.choices = [];
    // By hand: what opens a menu with the right button would dismiss it as well.
    this.outside = (event) => {
      if (!event.composedPath().includes(this.#menu)) this.#menu.hidePopover();
    };
  }

  render() {
    return html`
      <div role="menu" popover="manual" @keydown=${this.#pressed} @toggle=${this.#toggled}>
        ${this.choices.map((choice) => html`<button role="menuitem" tabindex="-1" class=${choice.danger ? "danger" : ""} @click=${() => this.#run(choice)}>${choice.label}</button>`)}
      </div>`;
  }

  /** @param {Choice[]} choices @param {Element} element that it belongs to @param {{x?: number, y?: number}} [point] */
  async open(choices, element, point = {}) {
    this.choices = choices;
    this.owner = element;
    await this.updateComplete;
    const menu = this.#menu;
    menu.showPopover();
    document.addEventListener("pointerdown", this.outside, true);
    const box = element.getBoundingClientRect();
    const rtl = getComputedStyle(this.parentElement ?? this).direction === "rtl";
    const x = point.x ?? (rtl ? box.left : box.right - menu.offsetWidth);
    const y = point.y ?? box.bottom + 4;
    const flipped = y + menu.offsetHeight > innerHeight - 8 ? (point.y ?? box.top - 4) - menu.offsetHeight : y;
    menu.style.setProperty("left", Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8)) + "px");
    menu.style.setProperty("top", Math.max(8, flipped) + "px");
    this.#items[0]?.focus();
  }

  get #menu() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector("[role=menu]"));
  }

  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll("[role=menuitem]")]);
  }

  #run(choice) {
    this.#menu.hidePopover();
    choice.run();
  }

  #toggled(event) {
    if (event.newState === "closed") document.removeEventListener("pointerdown", this.outside, true);
    // Only if nothing else has taken the focus meanwhile.
    if (event.newState === "closed" && (!document.activeElement || this.renderRoot.activeElement || document.activeElement === document.body)) {
      /** @type {HTMLElement | undefined} */ (this.owner)?.focus?.();
    }
  }

  #pressed(event) {
    const items = this.#items;
    const at = items.indexOf(this.renderRoot.activeElement);
    const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape") event.preventDefault();
    if (event.key === "Tab" || event.key === "Escape") this.#menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    items[to].focus();
  }
}
