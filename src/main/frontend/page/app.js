// The whole page: who is here, where one is, what is laid over it.
import { LitElement, css, html, nothing } from "lit";
import { newNonce } from "../client/chat-client.js";
import { MessageComposer } from "../parts/composer.js";
import { icon } from "../parts/icons.js";
import { basics, tokens } from "../parts/look.js";
import { ChatMenu } from "../parts/menu.js";
import { MessageList } from "../parts/message-list.js";
import { mentions } from "../parts/text.js";
import { Chats } from "./chats.js";
import "./chat-view.js";
import "./join-view.js";
import { loadWords } from "./language.js";
import { notify, showTitle } from "./notify.js";
import "./people-panel.js";
import "./room-list.js";
import { hrefOf, readRoute } from "./route.js";
import { Session } from "./session.js";

const FIRST_ROOM = "general";
const TOAST_MS = 6_000;

customElements.define("chat-messages", MessageList);
customElements.define("chat-composer", MessageComposer);
customElements.define("chat-menu", ChatMenu);

export class ParlourApp extends LitElement {
  static properties = {
    words: { attribute: false }, preferences: { attribute: false }, theme: { reflect: true }, route: { state: true }, version: { state: true },
    toast: { state: true }, people: { state: true }, ready: { state: true }, problem: { state: true },
  };

  static styles = [tokens, basics, css`
    :host { display: block; block-size: 100dvh; background: var(--_canvas); }
    .page { display: grid; grid-template-columns: 18.5rem minmax(0, 1fr) auto; block-size: 100%; }
    .side { background: var(--_surface); border-inline-end: 1px solid var(--_line); min-block-size: 0; }
    .page > main { min-inline-size: 0; min-block-size: 0; }
    .people { inline-size: 15.5rem; background: var(--_surface); border-inline-start: 1px solid var(--_line); min-block-size: 0; }
    .splash { block-size: 100%; display: grid; place-items: center; align-content: center; gap: 1rem; color: var(--_muted); text-align: center; padding: 1rem; }
    .splash .icon { inline-size: 3.2rem; block-size: 3.2rem; stroke-width: 1.3; color: var(--_accent); }
    .splash p { margin: 0; }
    .toast { position: fixed; inset-block-end: 6.5rem; inset-inline: 1rem; margin-inline: auto; inline-size: fit-content; max-inline-size: min(32rem, 100%); background: light-dark(#2a2723, #efeae2); color: light-dark(#fff, #22201d); border: 0; border-radius: 12px; padding: 0.7rem 1.1rem; font-size: 0.9rem; box-shadow: 0 10px 34px rgb(0 0 0 / 0.25); z-index: 5; overflow-wrap: anywhere; }
    .skip { position: absolute; inset-block-start: -4rem; inset-inline-start: 1rem; background: var(--_accent); color: var(--_on-accent); padding: 0.6rem 1rem; border-radius: 0 0 10px 10px; z-index: 9; }
    .skip:focus { inset-block-start: 0; }
    @media (max-width: 1020px) { .people { position: fixed; inset-block: 0; inset-inline-end: 0; z-index: 4; inline-size: min(18rem, 86vw); box-shadow: 0 0 40px rgb(0 0 0 / 0.25); } }
    @media (max-width: 760px) {
      .page { grid-template-columns: minmax(0, 1fr); }
      .page.in .side, .page:not(.in) > main { display: none; }
      .side { border: 0; }
    }
  `];

  constructor() {
    super();
    this.session = new Session();
    this.route = readRoute(location.hash);
    this.version = 0;
    this.toast = "";
    this.people = wide();
    this.ready = false;
    this.problem = "";
    this.theme = "auto";
  }

  async connectedCallback() {
    super.connectedCallback();
    addEventListener("hashchange", () => this.#go());
    addEventListener("keydown", (event) => this.#pressed(event));
    for (const name of ["focus", "visibilitychange"]) addEventListener(name, () => this.renderRoot.querySelector("chat-view")?.look(), true);
    for (const name of ["online", "offline"]) addEventListener(name, () => this.requestUpdate());
    this.preferences.addEventListener("change", () => this.#prefer());
    this.session.addEventListener("change", () => this.#sit());
    this.theme = this.preferences.theme;
    try {
      await this.session.begin();
    } catch {
      this.problem = "noServer";
    }
    this.ready = true;
    this.#sit();
  }

  async #prefer() {
    this.theme = this.preferences.theme;
    const words = await loadWords(this.preferences.language);
    if (words.language !== this.words.language) this.words = words;
    this.requestUpdate();
  }

  // Somebody has come in, or gone out.
  #sit() {
    this.chats?.close();
    this.chats = undefined;
    if (this.session.kind !== "nobody") {
      const chats = new Chats(this.session);
      this.chats = chats;
      let waiting = false;
      chats.addEventListener("change", () => {
        if (waiting) return;
        waiting = true;
        setTimeout(() => {
          waiting = false;
          this.version++;
        }, 30);
      });
      chats.addEventListener("refused", (event) => this.#say(event.detail));
      chats.addEventListener("news", (event) => this.#news(event.detail));
      chats.addEventListener("nameless", (event) => this.#nameless(event.detail));
      chats.begin(this.route.view === "room" ? this.route.what : FIRST_ROOM);
      if (this.route.view === "list" && !narrow()) location.replace(hrefOf("room/" + FIRST_ROOM));
      this.#go();
    }
    this.requestUpdate();
  }

  #nameless(message) {
    this.problem = message;
    this.chats?.close();
    this.chats = undefined;
    this.session.kind = "nobody";
    this.requestUpdate();
  }

  #go() {
    this.route = readRoute(location.hash);
    if (!this.chats) return;
    const { view, what } = this.route;
    if (view === "room") this.chats.enter(what);
    else if (view === "invitation") this.#accept(what);
    else if (view === "admin") import("./admin.js").then(() => this.requestUpdate());
    if (!wide()) this.people = false;
    // Whoever presses a key for a dialog goes on typing at once.
    (globalThis.requestIdleCallback ?? setTimeout)(() => import("./dialogs.js"));
    if (!narrow()) this.updateComplete.then(() => this.renderRoot.querySelector("chat-view")?.focus());
  }

  async #accept(invitation) {
    if (this.session.kind !== "account") return this.#say(this.words.say("invitationNeedsAccount"));
    try {
      const { room } = await this.session.api.ask("POST", "invitations", { invitation });
      location.replace(hrefOf("room/" + room));
    } catch (failure) {
      location.replace("#/");
      this.#say(failure.message);
    }
  }

  get #chat() {
    const { view, what } = this.route;
    return view === "room" || view === "with" ? this.chats?.all.get(`${view}/${view === "room" ? what.normalize("NFC") : what}`) : undefined;
  }

  render() {
    if (!this.words || !this.ready) return html`<div class="splash" role="status">${icon("chats")}<span class="unseen">${this.words?.say("loading")}</span></div>`;
    const { words, session, chats, route } = this;
    if (!chats) {
      return html`<join-view .session=${session} .words=${words} .room=${route.view === "room" ? route.what : ""} .problem=${words.has(this.problem) ? words.say(this.problem) : this.problem}></join-view>`;
    }
    const chat = this.#chat;
    const unread = [...chats.all.values()].reduce((sum, one) => sum + chats.unread(one).n, 0);
    showTitle(unread, chat?.title);
    return html`
      <div role="navigation" aria-label=${words.say("skip")}><a class="skip" href="#" @click=${this.#skip}>${words.say("skip")}</a></div>
      <div class="page ${route.view === "list" ? "" : "in"}">
        <div class="side" role=${route.view === "list" && narrow() ? "main" : "complementary"} aria-label=${words.say("places")}><room-list .chats=${chats} .words=${words} .session=${session} .current=${chat?.key} .version=${this.version} @ask=${(event) => this.#asked(event.detail)}></room-list></div>
        <main>${this.#main(chat)}</main>
        ${chat?.room && this.people && !chat.problem && !chat.asks ? html`<aside class="people" aria-label=${words.say("people")}>
          <people-panel .chat=${chat} .words=${words} .version=${this.version} @close=${() => (this.people = false)}
            @person=${({ detail }) => this.#view.personMenu(detail.member, detail.element)}></people-panel></aside>` : nothing}
      </div>
      ${this.toast ? html`<p class="toast" role="alert">${this.toast}</p>` : nothing}
      <div role="navigation" aria-label=${words.say("more")}><chat-menu></chat-menu></div>`;
  }

  #main(chat) {
    const { words, chats, route } = this;
    if (route.view === "admin" && this.session.administrator) return html`<parlour-admin .session=${this.session} .chats=${chats} .words=${words}></parlour-admin>`;
    if (!chat) return html`<div class="splash">${icon("chats")}<p>${words.say(route.view === "with" ? "unknownPerson" : "choose")}</p></div>`;
    return html`<chat-view .chat=${chat} .chats=${chats} .words=${words} .compact=${this.preferences.compact} .version=${this.version} .peopleShown=${this.people}
      @menu=${({ detail }) => this.#menu.open(detail.choices, detail.element, detail.point)} @ask=${(event) => this.#asked(event.detail)}
      @letters=${(event) => this.#letters(event.detail)} @leave=${() => this.#leave(chat)} @seen=${() => chats.read(chat)}
      @people=${() => (this.people = !this.people)} @again=${() => this.#sit()} @refused=${(event) => this.#say(event.detail)}></chat-view>`;
  }

  get #menu() {
    return /** @type {ChatMenu} */ (this.renderRoot.querySelector("chat-menu"));
  }

  get #view() {
    return /** @type {any} */ (this.renderRoot.querySelector("chat-view"));
  }

  #skip(event) {
    event.preventDefault();
    this.#view?.focus();
  }

  async #letters({ userId, name, text }) {
    if (!userId) {
      // By name: the server knows who is meant, and says so in its answer.
      try {
        const ack = await this.chats.connection.request({ type: "Private", to: name, content: text, nonce: newNonce(), ...(this.#chat?.room ? { room: this.#chat.room } : {}) });
        this.chats.letters(ack.withId, ack.with).talk.older();
        location.hash = hrefOf("with/" + ack.withId);
      } catch (failure) {
        this.#say(failure.message);
      }
      return;
    }
    this.chats.letters(userId, name);
    location.hash = hrefOf("with/" + userId);
  }

  #leave(chat) {
    this.chats.leave(chat).catch(() => {
      // The server forgets it with the connection.
    });
    location.hash = "#/";
  }

  async #asked({ what, element, with: given }) {
    if (what === "me") return this.#mine(element);
    const { open } = await import("./dialogs.js");
    open(what, this.renderRoot, { ...given, app: this, words: this.words, session: this.session, chats: this.chats, preferences: this.preferences, say: (text) => this.#say(text) });
  }

  #mine(element) {
    const { words, session } = this;
    const choices = [
      { label: words.say("preferences"), run: () => this.#asked({ what: "preferences" }) },
      { label: words.say("keys"), run: () => this.#asked({ what: "keys" }) },
    ];
    if (session.kind === "account") choices.push({ label: words.say("account"), run: () => this.#asked({ what: "account" }) });
    if (session.administrator) choices.push({ label: words.say("administration"), run: () => (location.hash = "#/admin") });
    choices.push({ label: words.say(session.kind === "account" ? "signOut" : "leaveAll"), danger: true, run: () => session.leave() });
    this.#menu.open(choices, element);
  }

  #news({ chat, entries }) {
    const { notify: wanted } = this.preferences;
    const seen = !document.hidden && document.hasFocus() && chat.key === this.#chat?.key;
    if (wanted === "off" || seen) return;
    for (const entry of entries.slice(-3)) {
      if (wanted !== "all" && chat.room && !mentions(entry.content ?? "", chat.talk.username)) continue;
      notify(chat.room ? `${entry.username} · ${chat.title}` : chat.title, entry.content ?? "", chat.key, () => (location.hash = hrefOf(chat.key)));
    }
  }

  #say(text) {
    this.toast = text;
    clearTimeout(this.toastEnds);
    this.toastEnds = setTimeout(() => (this.toast = ""), TOAST_MS);
  }

  #pressed(event) {
    if (!this.chats || event.defaultPrevented || this.renderRoot.querySelector("[data-dialog]")) return;
    const field = event.composedPath()[0];
    const writing = field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
    const { key } = event;
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) this.#next(key === "ArrowUp" ? -1 : 1, event.shiftKey);
    else if ((event.ctrlKey || event.metaKey) && key === "k") this.#asked({ what: "find" });
    else if (key === "Escape" && !writing) this.#view?.focus();
    else if (key === "Escape" && field instanceof HTMLTextAreaElement) this.#view?.focusMessages();
    else if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (key === "?") this.#asked({ what: "keys" });
    else if (key === "n") this.#asked({ what: "new" });
    else if (key === "p") this.people = !this.people;
    else if (key === "/" || key === "c") this.#view?.focus();
    else return;
    event.preventDefault();
  }

  // The next chat of the list, or the next one with something new.
  #next(step, onlyNew) {
    const list = this.renderRoot.querySelector("room-list");
    const links = [...list.renderRoot.querySelectorAll("a")];
    const here = links.findIndex((link) => link.hasAttribute("aria-current"));
    for (let i = 1; i <= links.length; i++) {
      const link = links[(here + step * i + links.length * 2) % links.length];
      if (!onlyNew || link.classList.contains("new")) return void (location.hash = link.getAttribute("href"));
    }
  }
}

const narrow = () => matchMedia("(max-width: 760px)").matches;
const wide = () => matchMedia("(min-width: 1021px)").matches;

customElements.define("parlour-app", ParlourApp);
