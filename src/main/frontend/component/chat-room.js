// <chat-room room="..."> : a room of Parlour in any page. See docs/embedding.md.
import { LitElement, css, html, nothing } from "lit";
import { connect } from "../client/chat-client.js";
import { copy } from "../parts/copy.js";
import { icon } from "../parts/icons.js";
import { basics, tokens } from "../parts/look.js";
import { RoomTalk, typingLine } from "../parts/room-talk.js";
import { bestLanguage, Words } from "../parts/words.js";
import english from "../parts/lang/en.json";
import { fields } from "../parts/fields.js";

const OTHERS = {
  de: () => import("../parts/lang/de.json"),
  es: () => import("../parts/lang/es.json"),
  ar: () => import("../parts/lang/ar.json"),
};

// The server that this script comes from, if the page names none.
const HERE = new URL("..", import.meta.url).href;

// Begins to come while the frame is set up.
const parts = import("./parts.js");

export class ChatRoomElement extends LitElement {
  static properties = {
    room: { type: String },
    server: { type: String },
    token: { type: String },
    username: { type: String },
    password: { type: String },
    theme: { type: String, reflect: true },
    lang: { type: String },
    readonly: { type: Boolean },
    compact: { type: Boolean, reflect: true },
    words: { state: true },
    state: { state: true },
    problem: { state: true },
    asks: { state: true },
    reply: { state: true },
  };

  static styles = [tokens, basics, fields, css`
    :host { display: flex; flex-direction: column; min-block-size: 14rem; block-size: 28rem; background: var(--_canvas); border: 1px solid var(--_line); border-radius: var(--_radius); overflow: hidden; container-type: inline-size; }
    header { display: flex; align-items: center; gap: 0.6rem; padding: 0.7rem 1rem; border-block-end: 1px solid var(--_line); background: var(--_surface); }
    h2 { margin: 0; font-size: 1rem; flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .here { font-size: 0.82rem; color: var(--_muted); white-space: nowrap; }
    .here::before { content: ""; display: inline-block; inline-size: 0.5em; block-size: 0.5em; border-radius: 50%; background: var(--_accent); margin-inline-end: 0.45em; vertical-align: 0.08em; }
    .here.off::before { background: var(--_danger); }
    .topic { font-size: 0.82rem; color: var(--_muted); padding: 0.35rem 1rem; border-block-end: 1px solid var(--_line); overflow-wrap: anywhere; margin: 0; }
    chat-messages { flex: 1; }
    .foot { padding: 0 0.75rem 0.75rem; }
    .typing { min-block-size: 1.3rem; font-size: 0.78rem; color: var(--_muted); padding-inline: 0.4rem; margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .banner { margin: 0; padding: 0.45rem 1rem; font-size: 0.85rem; background: var(--_mention); color: var(--_mention-text); display: flex; gap: 0.75rem; align-items: center; }
    .banner button { font-weight: 600; text-decoration: underline; }
    .quiet { padding: 2rem 1rem; text-align: center; color: var(--_muted); display: block; margin-block: auto; }
    form.join { margin: auto; padding: 1.5rem; display: grid; gap: 0.9rem; inline-size: min(20rem, 100%); }
    :host([compact]) { font-size: var(--chat-font-size, 14px); }
    :host([compact]) header { padding: 0.4rem 0.75rem; }
    :host([compact]) .foot { padding: 0 0.5rem 0.5rem; }
  `];

  constructor() {
    super();
    this.room = "";
    this.server = HERE;
    /** @type {string | (() => string | Promise<string>) | undefined} */ this.token = undefined;
    this.username = "";
    this.password = "";
    this.theme = "auto";
    this.lang = "";
    this.readonly = false;
    this.compact = false;
    this.words = new Words("en", english);
    this.state = "closed";
    this.problem = "";
    /** @type {"" | "name" | "password"} */ this.asks = "";
    /** @type {import("../parts/timeline.js").Entry | undefined} */ this.reply = undefined;
  }

  // ---- for the page around

  /** What is going on in the room, for who wants to do more with it. @returns {import("../client/chat-client.js").ChatRoom | undefined} */
  get chatRoom() {
    return this.talk?.room;
  }

  /** Says something. @param {string} text */
  send(text) {
    this.#say(text);
  }

  async focus() {
    await parts;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("chat-composer, input"))?.focus();
  }

  // ---- life

  connectedCallback() {
    super.connectedCallback();
    this.#speak();
    if (this.hasUpdated) this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  updated(changed) {
    if (changed.has("lang")) this.#speak();
    if (["room", "server", "token", "username"].some((name) => changed.has(name))) this.#open();
  }

  async #speak() {
    const language = bestLanguage(this.lang ? [this.lang] : [this.closest("[lang]")?.getAttribute("lang") ?? "", ...navigator.languages]);
    if (language !== this.words.language) {
      const table = language === "en" ? english : (await OTHERS[language]()).default;
      this.words = new Words(language, { ...english, ...table });
    }
    // The page around may go the other way.
    this.dir = this.words.direction;
  }

  #open() {
    this.#close();
    this.problem = "";
    if (!this.room) return;
    // Without a name or a token one can be asked for the name, or read.
    if (!this.username && !this.token && !this.readonly) {
      this.asks = "name";
      return;
    }
    this.asks = "";
    const connection = connect({ server: this.server, token: this.token || undefined, username: this.username || undefined });
    this.connection = connection;
    connection.addEventListener("state", () => this.#stateIs(connection));
    this.#enter(connection);
    this.#stateIs(connection);
  }

  #enter(connection) {
    const room = connection.join(this.room, this.password ? { password: this.password } : {});
    const talk = new RoomTalk(room);
    this.talk = talk;
    talk.addEventListener("change", () => this.requestUpdate());
    talk.addEventListener("refused", (event) => this.#refused({ message: event.detail }));
    room.addEventListener("error", (event) => this.#refused(event.detail));
    room.addEventListener("welcome", (event) => this.#emit("chat-joined", { room: room.name, username: event.detail.username, userId: event.detail.userId }));
    room.addEventListener("message", (event) => this.#emit("chat-message", event.detail));
  }

  #close() {
    this.connection?.close();
    this.connection = undefined;
    this.talk = undefined;
    this.state = "closed";
  }

  #stateIs(connection) {
    if (connection !== this.connection || this.state === connection.state) return;
    this.state = connection.state;
    this.#emit("chat-state", { state: this.state });
  }

  #refused(error) {
    if (error.code === "PASSWORD_REQUIRED") this.asks = "password";
    else if (error.field === "username" || error.code?.startsWith("USERNAME_")) this.asks = this.token ? "" : "name";
    this.problem = error.message || this.words.say("refused");
    this.#emit("chat-error", { code: error.code, message: this.problem });
  }

  #emit(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true }));
  }

  // ---- what is shown

  render() {
    const { words, talk } = this;
    return html`
      <slot name="header">
        <header part="header">
          <h2><bdi>${this.room}</bdi></h2>
          ${talk && this.state === "open" ? html`<span class="here"><span class="unseen">${words.say("people")}: </span>${words.number(talk.count)}</span>` : nothing}
          <slot name="actions"></slot>
        </header>
      </slot>
      ${talk?.topic ? html`<p class="topic" dir="auto">${talk.topic}</p>` : nothing}
      ${this.#banner()}
      ${this.asks ? this.#question() : html`
        <chat-messages .words=${words} .timeline=${talk?.timeline} .me=${talk?.username ?? ""} .label=${words.say("messages", { room: this.room })}
          ?readonly=${this.readonly} ?compact=${this.compact} @older=${() => talk?.older()} @reply=${(event) => (this.reply = event.detail)}
          @retry=${(event) => talk.retry(event.detail.nonce)} @discard=${(event) => talk.timeline.drop(event.detail.nonce)}
          @jump=${(event) => this.#jump(event.detail)} @menu=${(event) => this.#menu(event.detail)}>
          <span class="quiet" slot="empty"><slot name="empty">${words.say("quiet")}</slot></span>
        </chat-messages>
        <div class="foot">
          <p class="typing" part="typing" aria-live="polite">${talk ? typingLine(talk.typing, words) : nothing}</p>
          ${this.readonly ? nothing : html`
            <chat-composer .words=${words} .label=${words.say("writeTo", { room: this.room })} .replyTo=${this.reply}
              .names=${talk ? [...talk.members.values()].map((member) => member.username) : []}
              @say=${this.#written} @typing=${(event) => talk?.room.typing(event.detail)} @unreply=${() => (this.reply = undefined)}></chat-composer>`}
        </div>`}
      <slot name="footer"></slot>
      <chat-menu></chat-menu>`;
  }

  #banner() {
    const { words } = this;
    if (this.problem) {
      return html`<p class="banner" role="alert"><span>${this.problem}</span>
        <button @click=${() => (this.problem = "")} aria-label=${words.say("cancel")}>${icon("close")}</button></p>`;
    }
    if (this.asks) return nothing;
    if (this.state === "closed") return html`<p class="banner" role="status">${words.say("closed")} <button @click=${() => this.#open()}>${words.say("connectAgain")}</button></p>`;
    if (this.state === "waiting") return html`<p class="banner" role="status">${words.say(navigator.onLine ? "reconnecting" : "offline")}</p>`;
    return nothing;
  }

  #question() {
    const { words, asks } = this;
    const name = asks === "name";
    return html`
      <form class="join" @submit=${this.#answered}>
        <label>${words.say(asks)}
          <input name="answer" type=${name ? "text" : "password"} required maxlength=${name ? 32 : 128} autocomplete=${name ? "nickname" : "off"}></label>
        <button class="main">${words.say("join")}</button>
      </form>`;
  }

  #answered(event) {
    event.preventDefault();
    const answer = String(new FormData(event.target).get("answer")).trim();
    this.problem = "";
    if (this.asks === "name") this.username = answer;
    else {
      this.password = answer;
      this.#open();
    }
    this.updateComplete.then(() => this.focus());
  }

  #written(event) {
    if (!this.#say(event.detail)) event.preventDefault();
  }

  #say(text) {
    if (!this.talk) return false;
    const replyTo = this.reply?.seq;
    if (!this.#emit("chat-send", { room: this.room, text, replyTo }, true)) return false;
    this.talk.say(text, replyTo === undefined ? {} : { replyTo });
    this.reply = undefined;
    this.#list.toEnd?.();
    return true;
  }

  get #list() {
    return /** @type {import("../parts/message-list.js").MessageList} */ (this.renderRoot.querySelector("chat-messages"));
  }

  async #jump(seq) {
    if (await this.talk.fetchTo(seq)) this.#list.reveal(seq);
  }

  #menu({ entry, element, x, y }) {
    const { words, talk } = this;
    const choices = [];
    if (!this.readonly && !entry.deleted) choices.push({ label: words.say("reply"), run: () => (this.reply = entry) });
    if (!entry.deleted) choices.push({ label: words.say("copy"), run: () => copy(entry.content) });
    if (entry.own && !entry.deleted && !this.readonly) choices.push({ label: words.say("delete"), danger: true, run: () => talk.delete(entry.seq) });
    if (choices.length > 0) /** @type {import("../parts/menu.js").ChatMenu} */ (this.renderRoot.querySelector("chat-menu")).open(choices, element, { x, y });
  }
}

if (!customElements.get("chat-room")) customElements.define("chat-room", ChatRoomElement);
