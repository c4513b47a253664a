// Who is in the room.
import { LitElement, css, html, nothing } from "lit";
import { icon } from "../parts/icons.js";
import { basics, hues, hueOf, initials } from "../parts/look.js";

const RANKS = ["owner", "moderator"];

export class PeoplePanel extends LitElement {
  static properties = { chat: { attribute: false }, words: { attribute: false }, version: { attribute: false } };

  static styles = [basics, hues, css`
    :host { display: flex; flex-direction: column; min-block-size: 0; block-size: 100%; }
    header { display: flex; align-items: center; padding: 0.9rem 0.6rem 0.4rem 1.1rem; }
    :host(:dir(rtl)) header { padding: 0.9rem 1.1rem 0.4rem 0.6rem; }
    h2 { flex: 1; margin: 0; font-size: 1rem; }
    ul { list-style: none; margin: 0; padding: 0 0.5rem 1rem; overflow-y: auto; flex: 1; scrollbar-width: thin; }
    li button { display: flex; align-items: center; gap: 0.65rem; inline-size: 100%; padding: 0.4rem 0.6rem; text-align: start; min-block-size: 2.75rem; }
    li button:hover { background: var(--_hover); }
    .avatar { inline-size: 2rem; block-size: 2rem; font-size: 0.75rem; position: relative; }
    .avatar::after { content: ""; position: absolute; inset-block-end: -1px; inset-inline-end: -1px; inline-size: 0.65rem; block-size: 0.65rem; border-radius: 50%; background: light-dark(#2b8a3e, #69db7c); border: 2px solid var(--_surface); }
    .who { flex: 1; min-inline-size: 0; display: grid; justify-items: start; line-height: 1.25; }
    .who bdi { max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .who span { font-size: 0.76rem; color: var(--_muted); }
    .crowd { padding: 0.5rem 1.1rem; color: var(--_muted); font-size: 0.88rem; margin: 0; }
  `];

  render() {
    const { words, chat } = this;
    const { talk } = chat;
    const rank = (member) => RANKS.includes(chat.roles?.get(member.userId)) ? RANKS.indexOf(chat.roles.get(member.userId)) : RANKS.length;
    const people = [...talk.members.values()].sort((one, other) => rank(one) - rank(other) || one.username.localeCompare(other.username, words.language));
    return html`
      <header><h2>${words.say("here", { n: talk.count })}</h2>
        <button class="round" @click=${() => this.dispatchEvent(new Event("close"))} title=${words.say("close")} aria-label=${words.say("close")}>${icon("close")}</button></header>
      ${people.length === 0 && talk.count > 0 ? html`<p class="crowd">${words.say("crowd", { n: talk.count })}</p>` : nothing}
      <ul aria-label=${words.say("people")}>${people.map((member) => this.#line(member))}</ul>`;
  }

  #line(member) {
    const { words, chat } = this;
    const role = chat.roles?.get(member.userId);
    const me = member.userId === chat.talk.room.userId;
    return html`<li class="hue${hueOf(member.userId)}"><button aria-haspopup="menu" @click=${(event) => this.#menu(member, event.currentTarget)}>
      <span class="avatar" aria-hidden="true">${initials(member.username)}</span>
      <span class="who"><bdi>${member.username}${me ? ` (${words.say("you")})` : nothing}</bdi>${role && role !== "member" ? html`<span>${words.say("role." + role)}</span>` : nothing}</span>
    </button></li>`;
  }

  #menu(member, element) {
    this.dispatchEvent(new CustomEvent("person", { detail: { member, element } }));
  }
}

customElements.define("people-panel", PeoplePanel);
