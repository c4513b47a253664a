// Coming in: as a guest, or with an account.
import { LitElement, css, html, nothing } from "lit";
import { basics } from "../parts/look.js";
import { fields } from "../parts/fields.js";
import { icon } from "../parts/icons.js";

const WAYS = ["guest", "signIn", "signUp"];

/** Event `joined`. */
export class JoinView extends LitElement {
  static properties = { session: { attribute: false }, words: { attribute: false }, room: { attribute: false }, problem: { attribute: false }, way: { state: true }, busy: { state: true } };

  static styles = [basics, fields, css`
    :host { display: grid; place-items: center; min-block-size: 100dvh; padding: 1.5rem 1rem; background: radial-gradient(60rem 40rem at 20% -10%, var(--_own), transparent 70%), var(--_canvas); }
    .card { inline-size: min(25rem, 100%); background: var(--_surface); border: 1px solid var(--_line); border-radius: 22px; padding: 2rem 1.75rem; box-shadow: 0 18px 60px rgb(0 0 0 / 0.08); display: grid; gap: 1.4rem; }
    h1 { margin: 0; font-size: 1.6rem; letter-spacing: -0.03em; display: flex; align-items: center; gap: 0.55rem; color: var(--_accent); }
    .lead { margin: 0.35rem 0 0; color: var(--_muted); }
    .lead b { color: var(--_text); overflow-wrap: anywhere; }
    .ways { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; background: var(--_hover); border-radius: 12px; padding: 0.25rem; gap: 0.25rem; }
    .ways button { padding: 0.5rem 0.4rem; border-radius: 9px; font-size: 0.9rem; color: var(--_text); }
    .ways [aria-selected="true"] { background: var(--_surface); color: var(--_text); font-weight: 650; box-shadow: 0 1px 4px rgb(0 0 0 / 0.12); }
    form { display: grid; gap: 1rem; }
    .main { padding-block: 0.75rem; }
  `];

  constructor() {
    super();
    this.way = "guest";
    this.busy = false;
    this.problem = "";
  }

  render() {
    const { words, way, room } = this;
    return html`<main class="card">
      <div><h1>${icon("chats")} Parlour</h1>
        <p class="lead">${room ? html`${words.say("joinRoom")} <b><bdi>${room}</bdi></b>` : words.say("welcome")}</p></div>
      <div class="ways" role="tablist" aria-label=${words.say("waysIn")} @keydown=${this.#pressed}>
        ${WAYS.map((one) => html`<button role="tab" id="tab-${one}" aria-controls="panel" aria-selected=${one === way} tabindex=${one === way ? 0 : -1} @click=${() => this.#choose(one)}>${words.say("way." + one)}</button>`)}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby="tab-${way}"><form @submit=${this.#submit}>
        <label>${words.say(way === "guest" ? "name" : "username")}
          <input name="username" required maxlength="32" autocomplete=${way === "guest" ? "nickname" : "username"} autocapitalize="off" spellcheck="false" .value=${this.session.username}></label>
        ${way === "guest" ? html`<p class="hint">${words.say("guestHint")}</p>` : html`
          <label>${words.say("passwordOwn")}
            <input name="password" type="password" required minlength=${way === "signUp" ? 8 : 1} maxlength="128" autocomplete=${way === "signUp" ? "new-password" : "current-password"}></label>
          ${way === "signUp" ? html`<p class="hint">${words.say("passwordHint")}</p>` : nothing}`}
        ${this.problem ? html`<p class="wrong" role="alert">${this.problem}</p>` : nothing}
        <button class="main" ?disabled=${this.busy}>${words.say(way === "guest" ? "join" : "way." + way)}</button>
      </form></div>
    </main>`;
  }

  firstUpdated() {
    if (matchMedia("(hover: hover)").matches) this.renderRoot.querySelector("input").focus();
  }

  #choose(way) {
    this.way = way;
    this.problem = "";
  }

  #pressed(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const by = this.words.direction === "rtl" ? -step : step;
    this.#choose(WAYS[(WAYS.indexOf(this.way) + by + WAYS.length) % WAYS.length]);
    this.updateComplete.then(() => this.renderRoot.querySelector("#tab-" + this.way).focus());
  }

  async #submit(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    const username = String(given.get("username")).trim();
    if (username === "") return;
    this.busy = true;
    this.problem = "";
    try {
      if (this.way === "guest") this.session.asGuest(username);
      else await this.session[this.way](username, String(given.get("password")));
    } catch (failure) {
      this.problem = failure.status ? failure.message : this.words.say("noServer");
    } finally {
      this.busy = false;
    }
  }
}

customElements.define("join-view", JoinView);
