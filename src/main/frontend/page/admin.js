// The page of the administrators: how it goes, what was done, and what can be done about it. Fetched only for them.
import { LitElement, css, html, nothing } from "lit";
import { joinRoom } from "../client/chat-client.js";
import { fields } from "../parts/fields.js";
import { icon } from "../parts/icons.js";
import { basics } from "../parts/look.js";
import { SERVER, part } from "./api.js";
import "./chart.js";
import { quantile, readFigures, total } from "./prometheus.js";
import { hrefOf } from "./route.js";

const EVERY_MS = 2_000;
const KEPT = 60;
const AUDIT = 50;
const ROOMS_EVERY_MS = 10_000;
const ROOMS_ASKED = 200;
const ROOMS_SHOWN = 12;

export class ParlourAdmin extends LitElement {
  static properties = { session: { attribute: false }, chats: { attribute: false }, words: { attribute: false }, figures: { state: true }, entries: { state: true }, more: { state: true }, rooms: { state: true }, problem: { state: true }, done: { state: true } };

  static styles = [basics, fields, css`
    :host { display: block; block-size: 100%; overflow-y: auto; background: var(--_canvas); }
    .inner { max-inline-size: 70rem; margin-inline: auto; padding: 1.25rem clamp(0.9rem, 3vw, 2rem) 3rem; display: grid; gap: 1.5rem; }
    .head { display: flex; align-items: center; gap: 0.6rem; }
    .head a { color: inherit; display: none; place-items: center; inline-size: 2.4rem; block-size: 2.4rem; }
    h1 { margin: 0; font-size: 1.35rem; letter-spacing: -0.02em; }
    h2 { margin: 0 0 0.75rem; font-size: 1rem; }
    .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0.9rem; }
    .card, section { background: var(--_surface); border: 1px solid var(--_line); border-radius: 16px; padding: 1rem 1.15rem; min-inline-size: 0; }
    .card { display: grid; gap: 0.35rem; }
    .card span { font-size: 0.85rem; color: var(--_muted); }
    .card b { font-size: 1.7rem; font-weight: 700; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; line-height: 1.2; }
    .card b small { font-size: 0.9rem; font-weight: 400; color: var(--_muted); letter-spacing: 0; }
    .card b.bad { color: var(--_danger); }
    .two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0.9rem; }
    form { display: grid; gap: 0.8rem; }
    form + form, form + .table { margin-block-start: 1.2rem; border-block-start: 1px solid var(--_line); padding-block-start: 1rem; }
    .buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
    .buttons button { border: 1px solid var(--_field); padding: 0.5rem 0.9rem; font-size: 0.9rem; }
    .buttons button:hover { background: var(--_hover); }
    .buttons .danger { color: var(--_danger); border-color: currentColor; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; inline-size: 100%; font-size: 0.86rem; }
    th { text-align: start; font-weight: 600; color: var(--_muted); padding: 0.35rem 0.6rem; white-space: nowrap; }
    td { padding: 0.45rem 0.6rem; border-block-start: 1px solid var(--_line); vertical-align: top; overflow-wrap: anywhere; }
    td.number { font-variant-numeric: tabular-nums; }
    .row { border: 1px solid var(--_field); padding: 0.2rem 0.6rem; font-size: 0.8rem; }
    .row:hover { background: var(--_hover); }
    td.when { white-space: nowrap; color: var(--_muted); font-variant-numeric: tabular-nums; }
    .code { font-family: var(--_mono); font-size: 0.8rem; }
    .good { color: var(--_accent); }
    @media (max-width: 760px) { .head a { display: grid; } .two { grid-template-columns: minmax(0, 1fr); } }
  `];

  constructor() {
    super();
    this.history = { connections: [], rooms: [], rate: [], latency: [], queue: [] };
    this.entries = [];
    this.rooms = [];
    this.problem = "";
    this.done = "";
  }

  connectedCallback() {
    super.connectedCallback();
    // What was set before this script was there comes with the first update.
    this.updateComplete.then(() => Promise.all([this.#measure(), this.#audit(), this.#rooms()]));
    this.ticking = setInterval(() => !document.hidden && this.#measure(), EVERY_MS);
    this.looking = setInterval(() => !document.hidden && this.#rooms(), ROOMS_EVERY_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.ticking);
    clearInterval(this.looking);
  }

  async #measure() {
    try {
      const response = await fetch(new URL("api/v1/metrics", SERVER), { headers: { Authorization: "Bearer " + (await this.session.bearer()) }, cache: "no-store" });
      if (!response.ok) throw new Error(String(response.status));
      const now = readFigures(await response.text());
      const at = performance.now();
      const seconds = this.at ? (at - this.at) / 1_000 : undefined;
      const stored = total(now, "parlour_events_stored_total");
      this.#note("connections", total(now, "parlour_connections"));
      this.#note("rooms", total(now, "parlour_rooms"));
      this.#note("queue", total(now, "parlour_lane_depth"));
      if (seconds) {
        this.#note("rate", Math.max(0, stored - total(this.figures, "parlour_events_stored_total")) / seconds);
        this.#note("latency", (quantile(this.figures, now, "parlour_write_seconds", 0.99) ?? 0) * 1_000);
      }
      this.at = at;
      this.figures = now;
      this.problem = "";
    } catch {
      this.problem = this.words.say("admin.lost");
    }
  }

  #note(name, value) {
    this.history[name] = [...this.history[name], value].slice(-KEPT);
  }

  async #audit(before) {
    try {
      const page = await this.session.api.get(`audit?limit=${AUDIT}${before ? "&before=" + before : ""}`);
      this.entries = before ? [...this.entries, ...page.entries] : page.entries;
      this.more = page.before;
    } catch (failure) {
      this.problem = failure.message;
    }
  }

  async #rooms() {
    try {
      this.rooms = (await this.session.api.get("rooms?limit=" + ROOMS_ASKED)).rooms;
    } catch {
      // Rooms can be named by hand.
    }
  }

  render() {
    const { words, figures } = this;
    const up = figures && total(figures, "parlour_database_available") > 0;
    return html`<div class="inner">
      <div class="head"><a href="#/" aria-label=${words.say("back")}><span class="flip">${icon("back")}</span></a><h1>${words.say("administration")}</h1></div>
      ${this.problem ? html`<p class="wrong" role="alert">${this.problem}</p>` : nothing}
      <div class="cards">
        ${this.#card("connections")}${this.#card("rooms")}${this.#card("rate", 1)}
        ${this.#card("latency", 1, (n) => words.say("admin.milliseconds", { n }))}
        ${this.#card("queue", 0, (n) => html`${words.number(n)} <small>${words.say("admin.of", { n: total(figures, "parlour_lane_capacity") })}</small>`)}
        <div class="card"><span>${words.say("admin.database")}</span>${figures ? html`<b class=${up ? "good" : "bad"}>${words.say(up ? "admin.database.up" : "admin.database.down")}</b>` : html`<b>–</b>`}</div>
      </div>
      <datalist id="rooms">${this.rooms.map((room) => html`<option value=${room.room}></option>`)}</datalist>
      <div class="two">
        <section><h2>${words.say("rooms")}</h2><form @submit=${(event) => event.preventDefault()}>
          <label>${words.say("roomName")}<input name="room" list="rooms" maxlength="64" autocomplete="off"></label>
          <div class="buttons"><button class="danger" @click=${(event) => this.#archive(this.#given(event, "room"), true)}>${words.say("admin.close")}</button><button @click=${(event) => this.#archive(this.#given(event, "room"), false)}>${words.say("admin.open")}</button></div></form>
          ${this.#live()}</section>
        <section><h2>${words.say("people")}</h2><form @submit=${(event) => event.preventDefault()}>
          <label>${words.say("admin.person")}<input name="person" maxlength="32" autocomplete="off" autocapitalize="off"></label>
          <div class="buttons"><button class="danger" @click=${(event) => this.#disable(event, true)}>${words.say("admin.disable")}</button><button @click=${(event) => this.#disable(event, false)}>${words.say("admin.enable")}</button></div></form>
          <form @submit=${(event) => event.preventDefault()}>
          <label>${words.say("username")}<input name="person" maxlength="32" autocomplete="off" autocapitalize="off"></label>
          <label>${words.say("roomName")}<input name="room" list="rooms" maxlength="64" autocomplete="off"></label>
          <div class="buttons"><button class="danger" @click=${(event) => this.#ban(event, "ban")}>${words.say("admin.banFrom")}</button><button @click=${(event) => this.#ban(event, "unban")}>${words.say("admin.letIn")}</button></div></form></section>
      </div>
      ${this.done ? html`<p class="hint" role="status">${this.done}</p>` : nothing}
      <section><h2>${words.say("admin.audit")}</h2>
        ${this.entries.length === 0 ? html`<p class="hint">${words.say("admin.auditEmpty")}</p>` : html`<div class="table" tabindex="0" role="region" aria-label=${words.say("admin.audit")}><table>
          <thead><tr>${["when", "what", "who", "room", "detail"].map((name) => html`<th scope="col">${words.say("admin." + name)}</th>`)}</tr></thead>
          <tbody>${this.entries.map((entry) => html`<tr><td class="when">${words.shortMoment(new Date(entry.at))}</td><td class="code">${entry.action}</td><td><bdi>${entry.actor ?? ""}</bdi></td>
            <td>${entry.room ? html`<a href=${hrefOf("room/" + entry.room)}><bdi>${entry.room}</bdi></a>` : nothing}</td><td><bdi>${[entry.target, entry.detail, entry.address].filter(Boolean).join(" · ")}</bdi></td></tr>`)}</tbody></table></div>`}
        ${this.more ? html`<div class="buttons"><button @click=${() => this.#audit(this.more)}>${words.say("further")}</button></div>` : nothing}
      </section></div>`;
  }

  #card(name, digits = 0, shown = (n) => this.words.number(n)) {
    const values = this.history[name];
    const newest = values.at(-1);
    return html`<div class="card"><span>${this.words.say("admin." + name)}</span>
      <b>${newest === undefined ? "–" : shown(Number(newest.toFixed(digits)))}</b>
      <small-chart .values=${values} .label=${this.words.say("admin." + name)}></small-chart></div>`;
  }

  // Those with people in them, the fullest first.
  #live() {
    const { words } = this;
    const live = this.rooms.filter((room) => room.count > 0).sort((one, other) => other.count - one.count).slice(0, ROOMS_SHOWN);
    if (live.length === 0) return nothing;
    return html`<div class="table" tabindex="0" role="region" aria-label=${words.say("admin.rooms")}><table>
      <thead><tr><th scope="col">${words.say("admin.room")}</th><th scope="col">${words.say("admin.connections")}</th><th scope="col"><span class="unseen">${words.say("more")}</span></th></tr></thead>
      <tbody>${live.map(({ room, count }) => html`<tr><td><a href=${hrefOf("room/" + room)}><bdi>${room}</bdi></a></td><td class="number">${words.number(count)}</td>
        <td><button class="row danger" aria-label="${words.say("admin.close")}: ${room}" @click=${() => this.#archive(room, true)}>${words.say("admin.close")}</button></td></tr>`)}</tbody></table></div>`;
  }

  #archive(room, archived) {
    if (room) this.#do(() => this.session.api.ask("PUT", "rooms/" + part(room), { archived }));
  }

  #ban(event, action) {
    const username = this.#given(event, "person");
    const room = username && this.#given(event, "room");
    if (room) this.#do(() => this.#moderate(room, { type: "Moderate", action, username }));
  }

  // Whoever is not in the room goes in for the moment. One that is not there is not made.
  async #moderate(room, request) {
    const here = this.chats.connection.rooms.find((one) => one.name === room);
    if (!here) await this.session.api.get("rooms/" + part(room));
    const there = here ?? (await joinRoom({ server: SERVER, token: () => this.session.bearer(), room }));
    try {
      await there.request(request);
    } finally {
      if (!here) there.leave();
    }
  }

  #disable(event, disabled) {
    const person = this.#given(event, "person");
    if (person) this.#do(() => this.session.api.ask("PUT", "accounts/" + part(person), { disabled }));
  }

  #given(event, name) {
    const field = event.target.form.elements[name];
    if (field.value.trim() === "") field.focus();
    return field.value.trim();
  }

  async #do(ask) {
    this.done = "";
    try {
      await ask();
      this.done = this.words.say("admin.done");
      this.problem = "";
      // The note about it is written a moment later.
      setTimeout(() => Promise.all([this.#audit(), this.#rooms()]), 700);
    } catch (failure) {
      this.problem = failure.message;
    }
  }
}

customElements.define("parlour-admin", ParlourAdmin);
