import { css, html, nothing } from "lit";
import { icon } from "../../parts/icons.js";
import { Dialog } from "../dialog.js";
import { hrefOf } from "../route.js";

const PAUSE_MS = 200;

/** Goes somewhere by name: what one is in, and what rooms there are. */
export class FindDialog extends Dialog {
  static properties = { wanted: { state: true }, rooms: { state: true }, after: { state: true } };

  static styles = [...Dialog.styles, css`
    .found a { display: flex; gap: 0.7rem; align-items: center; padding: 0.55rem 0.7rem; border-radius: 10px; color: inherit; text-decoration: none; }
    .found a:hover, .found a:focus-visible { background: var(--_hover); outline-offset: -2px; }
    .found bdi { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .found span { color: var(--_muted); font-size: 0.82rem; }
    .further { padding: 0.5rem; color: var(--_accent); font-weight: 600; }
  `];

  constructor() {
    super();
    this.wanted = "";
    this.rooms = [];
    this.after = undefined;
  }

  get heading() {
    return this.words.say("findRoom");
  }

  connectedCallback() {
    super.connectedCallback();
    this.#fetch();
  }

  body() {
    const { words, wanted } = this;
    const begun = wanted.toLowerCase();
    const mine = [...this.around.chats.all.values()].filter((chat) => chat.title.toLowerCase().includes(begun));
    const others = this.rooms.filter((room) => !this.around.chats.all.has("room/" + room.room));
    return html`<form @submit=${(event) => { event.preventDefault(); this.#go(mine[0]?.key ?? (wanted.trim() ? "room/" + wanted.trim() : "")); }}>
      <label>${words.say("findName")}<input name="wanted" data-first maxlength="64" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${wanted} @input=${this.#typed}></label></form>
      <ul class="found" @click=${(event) => { if (event.target.closest("a")) this.done(); }}>
        ${mine.map((chat) => html`<li><a href=${hrefOf(chat.key)}>${icon(chat.room ? "hash" : "chats")}<bdi>${chat.title}</bdi><span>${words.say("mine")}</span></a></li>`)}
        ${others.map((room) => html`<li><a href=${hrefOf("room/" + room.room)}>${icon(room.kind === "open" ? "hash" : "lock")}<bdi>${room.room}</bdi>${room.count === undefined ? nothing : html`<span>${words.say("here", { n: room.count })}</span>`}</a></li>`)}
        ${wanted.trim() && !mine.some((chat) => chat.title === wanted.trim()) && !others.some((room) => room.room === wanted.trim())
          ? html`<li><a href=${hrefOf("room/" + wanted.trim())}>${icon("plus")}<bdi>${wanted.trim()}</bdi><span>${words.say("goThere")}</span></a></li>` : nothing}
      </ul>
      ${this.after ? html`<button class="further" @click=${() => this.#fetch(this.after)}>${words.say("further")}</button>` : nothing}`;
  }

  #go(key) {
    if (!key) return;
    location.hash = hrefOf(key);
    this.done();
  }

  #typed(event) {
    this.wanted = event.target.value;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#fetch(), PAUSE_MS);
  }

  async #fetch(after) {
    const asked = this.wanted;
    const query = new URLSearchParams({ limit: "50", ...(asked.trim() ? { name: asked.trim() } : {}), ...(after ? { after } : {}) });
    try {
      const page = await this.around.session.api.get("rooms?" + query);
      if (asked !== this.wanted) return;
      this.rooms = after ? [...this.rooms, ...page.rooms] : page.rooms;
      this.after = page.after;
    } catch {
      // The list is not for everybody; whoever knows a name gets there without it.
      this.rooms = [];
      this.after = undefined;
    }
  }
}
