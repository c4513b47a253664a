// The rooms and conversations that one is in.
import { LitElement, css, html, nothing } from "lit";
import { icon } from "../parts/icons.js";
import { basics, hues, hueOf, initials } from "../parts/look.js";
import { firstLine } from "../parts/row.js";
import { hrefOf } from "./route.js";

export class RoomList extends LitElement {
  static properties = { chats: { attribute: false }, words: { attribute: false }, current: { attribute: false }, session: { attribute: false }, version: { attribute: false } };

  static styles = [basics, hues, css`
    :host { display: flex; flex-direction: column; min-block-size: 0; block-size: 100%; }
    .head { display: flex; align-items: center; gap: 0.25rem; padding: 0.9rem 0.75rem 0.6rem 1.1rem; }
    :host(:dir(rtl)) .head { padding: 0.9rem 1.1rem 0.6rem 0.75rem; }
    .brand { flex: 1; margin: 0; font-size: 1.2rem; font-weight: 750; letter-spacing: -0.02em; display: flex; align-items: center; gap: 0.5rem; color: var(--_accent); }
    nav { flex: 1; overflow-y: auto; padding: 0 0.6rem 1rem; scrollbar-width: thin; scrollbar-color: var(--_line) transparent; }
    h2 { font-size: 0.78rem; font-weight: 650; color: var(--_muted); margin: 1rem 0.6rem 0.3rem; }
    ul { list-style: none; margin: 0; padding: 0; }
    a { display: flex; align-items: center; gap: 0.65rem; padding: 0.5rem 0.6rem; border-radius: 10px; color: inherit; text-decoration: none; min-block-size: 2.75rem; }
    a:hover { background: var(--_hover); }
    a[aria-current] { background: var(--_own); color: var(--_own-text); }
    .sign { inline-size: 2.1rem; block-size: 2.1rem; border-radius: 10px; display: grid; place-items: center; background: var(--_hover); color: var(--_muted); flex: none; }
    a[aria-current] .sign { background: color-mix(in srgb, currentColor 12%, transparent); color: inherit; }
    .avatar { inline-size: 2.1rem; block-size: 2.1rem; font-size: 0.78rem; }
    .what { flex: 1; min-inline-size: 0; display: grid; }
    .title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .last { font-size: 0.8rem; color: var(--_muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    a[aria-current] .last { color: var(--_own-muted); }
    .new .title { font-weight: 700; }
    .count { background: var(--_muted); color: var(--_canvas); font-size: 0.74rem; font-weight: 700; min-inline-size: 1.45rem; text-align: center; padding: 0.08rem 0.4rem; border-radius: 1rem; font-variant-numeric: tabular-nums; }
    .count.mine { background: var(--_accent); color: var(--_on-accent); }
    .wait { color: var(--_danger); display: flex; }
    .none { margin: 0.25rem 0.6rem; font-size: 0.85rem; color: var(--_muted); }
    .foot { border-block-start: 1px solid var(--_line); padding: 0.6rem 0.75rem; display: flex; align-items: center; gap: 0.6rem; }
    .me { flex: 1; min-inline-size: 0; display: grid; line-height: 1.25; }
    .me b { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 650; }
    .me span { font-size: 0.78rem; color: var(--_muted); }
  `];

  render() {
    const { words, chats, session } = this;
    const all = [...chats.all.values()].map((chat) => ({ chat, unread: chats.unread(chat), last: lastOf(chat) }));
    const rooms = all.filter(({ chat }) => chat.room).sort((one, other) => one.chat.title.localeCompare(other.chat.title, words.language));
    const people = all.filter(({ chat }) => !chat.room).sort((one, other) => (other.last?.at ?? 0) - (one.last?.at ?? 0));
    return html`
      <div class="head">
        <h1 class="brand">${icon("chats")} Parlour</h1>
        <button class="round" @click=${() => this.#ask("find")} title=${words.say("findRoom")} aria-label=${words.say("findRoom")}>${icon("search")}</button>
        <button class="round" @click=${() => this.#ask("new")} title=${words.say("newRoom")} aria-label=${words.say("newRoom")}>${icon("plus")}</button>
      </div>
      <nav aria-label=${words.say("places")}>
        <h2>${words.say("rooms")}</h2>
        ${rooms.length === 0 ? html`<p class="none">${words.say("noRooms")}</p>` : html`<ul>${rooms.map((one) => this.#line(one))}</ul>`}
        <h2>${words.say("conversations")}</h2>
        ${people.length === 0 ? html`<p class="none">${words.say("noConversations")}</p>` : html`<ul>${people.map((one) => this.#line(one))}</ul>`}
      </nav>
      <div class="foot hue${hueOf(session.userId)}">
        <span class="avatar" aria-hidden="true">${initials(chats.username || "?")}</span>
        <span class="me"><b><bdi>${chats.username}</bdi></b><span>${words.say("kind." + (session.administrator ? "administrator" : session.kind))}</span></span>
        <button class="round" @click=${(event) => this.#ask("me", event.currentTarget)} aria-haspopup="menu" title=${words.say("settings")} aria-label=${words.say("settings")}>${icon("gear")}</button>
      </div>`;
  }

  #line({ chat, unread, last }) {
    const { words } = this;
    const here = chat.key === this.current;
    return html`<li><a href=${hrefOf(chat.key)} aria-current=${here ? "page" : nothing} class=${unread.n > 0 ? "new" : ""}>
      ${chat.room ? html`<span class="sign" aria-hidden="true">${icon(chat.asks || chat.room.startsWith("private:") ? "lock" : "hash")}</span>`
        : html`<span class="hue${hueOf(chat.key.slice(5))}"><span class="avatar" aria-hidden="true">${initials(chat.title)}</span></span>`}
      <span class="what"><span class="title"><bdi>${chat.title}</bdi></span>
        ${last ? html`<span class="last">${last.own ? words.say("you") : last.username}: <bdi>${last.deleted ? words.say("deleted") : firstLine(last.content).slice(0, 80)}</bdi></span>` : nothing}</span>
      ${chat.problem ? html`<span class="wait" title=${words.say("notIn")}>${icon("alert")}<span class="unseen">${words.say("notIn")}</span></span>` : nothing}
      ${unread.n > 0 ? html`<span class="count ${unread.mentioned ? "mine" : ""}"><span aria-hidden="true">${words.number(unread.n)}${unread.more ? "+" : ""}</span><span class="unseen">${words.say("unread", { n: unread.n })}</span></span>` : nothing}
    </a></li>`;
  }

  #ask(what, element) {
    this.dispatchEvent(new CustomEvent("ask", { detail: { what, element } }));
  }
}

function lastOf(chat) {
  return chat.talk.timeline.entries.findLast((entry) => entry.kind === "message");
}

customElements.define("room-list", RoomList);
