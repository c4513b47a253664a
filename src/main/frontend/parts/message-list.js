// What was said in one room or conversation: the newest at the end, older ones as the reader scrolls back.
import { LitElement, html, render, nothing } from "lit";
import { icon } from "./icons.js";
import { basics, hues } from "./look.js";
import { RowWindow } from "./row-window.js";
import { row, signature } from "./row.js";
import { rows } from "./row-look.js";
import { text } from "./text-look.js";

const LINES_READ_OUT = 3;

/**
 * Asks its host, by events that do not leave the host, for what it cannot do itself: `older` (fetch a page), `read` (detail: the newest `seq`
 * in sight), `reply`, `retry`, `discard`, `menu` (detail: entry and element), `jump` (detail: a `seq` that is not here).
 */
export class MessageList extends LitElement {
  static properties = {
    timeline: { attribute: false },
    words: { attribute: false },
    me: { attribute: false },
    readonly: { type: Boolean },
    compact: { type: Boolean, reflect: true },
    divider: { attribute: false },
    label: { attribute: false },
    fresh: { state: true },
    scrolledUp: { state: true },
  };

  static styles = [basics, hues, rows, text];

  constructor() {
    super();
    /** @type {import("./timeline.js").Timeline | undefined} */ this.timeline = undefined;
    this.me = "";
    this.readonly = false;
    this.compact = false;
    this.divider = -1;
    this.label = "";
    /** How many came in while the reader was further up. */
    this.fresh = 0;
    this.scrolledUp = false;
    this.unspoken = [];
    this.changed = () => this.#later();
    this.said = (event) => this.#heard(event.detail);
    this.watcher = new ResizeObserver(() => this.window?.settle());
  }

  render() {
    const { words, timeline } = this;
    return html`
      <div class="scroller" role="log" aria-live="off" aria-label=${this.label} tabindex="0" part="messages"
           @scroll=${this.#scrolled} @click=${this.#clicked} @keydown=${this.#pressed} @contextmenu=${this.#contextmenu}>
        <div class="top">
          ${timeline?.loading ? html`<span class="spinner" role="status"><span class="unseen">${words.say("loading")}</span></span>`
            : timeline?.complete && timeline.entries.length > 0 ? html`<span class="beginning">${words.say("beginning")}</span>` : nothing}
        </div>
        ${timeline?.ready && timeline.entries.length === 0 ? html`<slot name="empty"></slot>` : nothing}
        ${timeline?.ready ? nothing : html`<div class="skeleton" aria-hidden="true">${[62, 38, 74, 30, 55].map(() => html`<i></i>`)}</div>`}
        <div class="rows"></div>
      </div>
      <button class="jump" ?hidden=${!this.scrolledUp} @click=${() => this.toEnd()} aria-label=${this.fresh ? words.say("fresh", { n: this.fresh }) : words.say("toEnd")}>
        ${icon("down")}${this.fresh ? html`<span class="count">${words.number(this.fresh)}</span>` : nothing}
      </button>
      <div class="unseen" aria-live="polite" id="speaker"></div>`;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.scroller) this.watcher.observe(this.scroller);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.watcher.disconnect();
    this.#listen(this.timeline, undefined);
  }

  firstUpdated() {
    const scroller = this.renderRoot.querySelector(".scroller");
    const holder = this.renderRoot.querySelector(".rows");
    this.scroller = scroller;
    this.watcher.observe(scroller);
    this.watcher.observe(holder);
    this.window = new RowWindow(scroller, holder, (line, entry, before) => {
      const now = signature(entry, before, this.setting);
      if (line.signature === now) return;
      line.signature = now;
      render(row(entry, before, this.setting), line);
    });
  }

  updated(changed) {
    if (changed.has("timeline")) {
      this.#listen(changed.get("timeline"), this.timeline);
      this.fresh = 0;
      this.scrolledUp = false;
      this.window.restart();
    }
    if (["timeline", "words", "me", "readonly", "compact", "divider"].some((name) => changed.has(name))) this.#sync();
  }

  #listen(before, now) {
    before?.removeEventListener("change", this.changed);
    before?.removeEventListener("said", this.said);
    now?.addEventListener("change", this.changed);
    now?.addEventListener("said", this.said);
  }

  // Many changes of one moment are shown at once. No frames come in a page that is not in sight.
  #later() {
    if (this.waiting) return;
    this.waiting = true;
    const show = () => {
      this.waiting = false;
      if (this.isConnected) this.#sync();
    };
    if (document.hidden) setTimeout(show, 100);
    else requestAnimationFrame(show);
  }

  #sync() {
    const { timeline } = this;
    if (!timeline || !this.window) return;
    this.setting = { words: this.words, me: this.me, divider: this.divider, readonly: this.readonly, quoted: (seq) => timeline.at(seq) };
    performance.mark("rows");
    this.window.sync(timeline.entries);
    performance.measure("chat-rows", "rows");
    this.requestUpdate();
    this.#look();
  }

  #scrolled() {
    this.window.scrolled();
    this.#look();
  }

  // What follows from where the reader is.
  #look() {
    const { timeline, window: shown } = this;
    this.scrolledUp = !shown.atEnd;
    if (shown.atEnd) {
      this.fresh = 0;
      if (timeline.ready && timeline.newest > 0) this.#tell("read", timeline.newest);
    }
    if (timeline.ready && !timeline.complete && !timeline.loading && shown.wantsOlder) this.#tell("older");
  }

  #heard(entries) {
    const others = entries.filter((entry) => !entry.own);
    if (!this.window?.atEnd) this.fresh += others.length;
    if (others.length === 0) return;
    this.unspoken.push(...others);
    this.speaking ??= setTimeout(() => {
      this.speaking = undefined;
      const speaker = this.renderRoot.querySelector("#speaker");
      const told = this.unspoken.splice(0);
      speaker.textContent = told.length > LINES_READ_OUT ? this.words.say("fresh", { n: told.length })
        : told.map((entry) => `${entry.username}: ${entry.content ?? ""}`).join("\n");
    }, 700);
  }

  /** Goes to the newest. */
  toEnd() {
    this.window.toEnd();
    this.#look();
  }

  /** Shows the message, if it is here. @param {number} seq @returns {boolean} */
  reveal(seq) {
    const entry = this.timeline.at(seq);
    const line = entry && this.window.reveal(entry)?.querySelector(".line, .note");
    if (!line) return false;
    line.focus({ preventScroll: true });
    line.classList.remove("found");
    requestAnimationFrame(() => line.classList.add("found"));
    return true;
  }

  #clicked(event) {
    const button = event.target.closest("[data-do]");
    const entry = this.#entryAt(event.target);
    if (!entry) return;
    if (button) this.#act(button.dataset.do, entry, button);
    else if (matchMedia("(hover: none)").matches && entry.kind === "message" && !event.target.closest("a")) {
      // Without a mouse the tools of a message are behind a tap on it.
      const line = event.target.closest(".line");
      const open = line.classList.contains("touched");
      this.renderRoot.querySelector(".touched")?.classList.remove("touched");
      line.classList.toggle("touched", !open);
    }
  }

  #act(what, entry, element) {
    if (what === "menu") this.#tell("menu", { entry, element });
    else if (what === "jump") {
      if (!this.reveal(entry.replyTo)) this.#tell("jump", entry.replyTo);
    } else this.#tell(what, entry);
  }

  #contextmenu(event) {
    const entry = this.#entryAt(event.target);
    // Whoever has selected text, or is on a link, wants the browser's own menu.
    if (entry?.kind !== "message" || entry.seq === undefined || event.target.closest("a") || !getSelection().isCollapsed) return;
    event.preventDefault();
    this.#tell("menu", { entry, element: event.target.closest(".line"), x: event.clientX, y: event.clientY });
  }

  #pressed(event) {
    const line = event.target.closest(".line, .note");
    const { key } = event;
    if (key === "ArrowUp" || key === "ArrowDown") {
      const to = line ? this.#neighbour(line, key === "ArrowUp" ? -1 : 1) : key === "ArrowUp" ? this.#lastLine() : null;
      if (!to) return;
      event.preventDefault();
      to.focus();
    } else if (key === "End" && !event.shiftKey) {
      event.preventDefault();
      this.toEnd();
      this.#lastLine()?.focus();
    } else if (line && event.target === line) {
      const entry = this.#entryAt(line);
      if (entry.kind !== "message" || entry.seq === undefined) return;
      if (key === "Enter" || key === " ") this.#tell("menu", { entry, element: line });
      else if (key === "r" && !event.ctrlKey && !event.metaKey && !this.readonly && !entry.deleted) this.#tell("reply", entry);
      else return;
      event.preventDefault();
    }
  }

  #lastLine() {
    return [...this.renderRoot.querySelectorAll(".rows .line, .rows .note")].at(-1);
  }

  #neighbour(line, step) {
    const lines = [...this.renderRoot.querySelectorAll(".rows .line, .rows .note")];
    return lines[lines.indexOf(line) + step];
  }

  #entryAt(element) {
    const line = element.closest(".rows > *");
    return line && this.window.entryOf(line);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
