// One room or conversation in the page.
import { LitElement, css, html, nothing } from "lit";
import { copy } from "../parts/copy.js";
import { icon } from "../parts/icons.js";
import { basics, hues, hueOf, initials } from "../parts/look.js";
import { fields } from "../parts/fields.js";
import { typingLine } from "../parts/room-talk.js";
import { command } from "./commands.js";

/**
 * Asks the app by events: `menu` (detail: choices, element, point), `ask` (detail: a dialog), `letters` (detail: name and text), `leave`, `seen`,
 * `people`, `again` (connect anew), `refused` (detail: a sentence).
 */
export class ChatView extends LitElement {
  static properties = {
    chat: { attribute: false }, chats: { attribute: false }, words: { attribute: false }, compact: { attribute: false },
    version: { attribute: false }, peopleShown: { attribute: false }, reply: { state: true }, divider: { state: true },
  };

  static styles = [basics, hues, fields, css`
    :host { display: flex; flex-direction: column; min-block-size: 0; min-inline-size: 0; block-size: 100%; container-type: inline-size; background: var(--_canvas); }
    header { display: flex; align-items: center; gap: 0.6rem; padding: 0.6rem 0.75rem 0.6rem 1.25rem; background: var(--_surface); border-block-end: 1px solid var(--_line); min-block-size: 3.9rem; }
    :host(:dir(rtl)) header { padding: 0.6rem 1.25rem 0.6rem 0.75rem; }
    .back { display: none; color: inherit; inline-size: 2.4rem; block-size: 2.4rem; place-items: center; border-radius: 9px; }
    .title { flex: 1; min-inline-size: 0; }
    h1 { margin: 0; font-size: 1.08rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .topic { margin: 0; font-size: 0.83rem; color: var(--_muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .heads { display: inline-flex; align-items: center; gap: 0.4rem; padding: 0.4rem 0.7rem; color: var(--_muted); font-variant-numeric: tabular-nums; }
    .heads:hover, .heads[aria-pressed="true"] { background: var(--_hover); color: var(--_text); }
    .banner { margin: 0; padding: 0.5rem 1.25rem; font-size: 0.88rem; background: var(--_mention); color: var(--_mention-text); display: flex; align-items: center; gap: 0.6rem; }
    .banner button { font-weight: 650; text-decoration: underline; }
    chat-messages { flex: 1; }
    .foot { padding: 0 clamp(0.6rem, 2.5cqi, 1.5rem) max(0.75rem, env(safe-area-inset-bottom)); }
    .typing { min-block-size: 1.35rem; font-size: 0.8rem; color: var(--_muted); padding-inline: 0.5rem; margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .empty { display: grid; gap: 0.4rem; place-items: center; text-align: center; padding: 2rem 1rem; margin-block: auto; color: var(--_muted); }
    .empty .icon { inline-size: 3rem; block-size: 3rem; stroke-width: 1.2; color: var(--_accent); }
    .empty b { color: var(--_text); font-size: 1.1rem; }
    .out { margin: auto; display: grid; gap: 1rem; padding: 2rem 1.25rem; inline-size: min(24rem, 100%); text-align: center; }
    .out label { text-align: start; }
    .out h2, .out p { margin: 0; }
    .out h2 { font-size: 1.15rem; }
    .out .icon.big, .out > .icon { inline-size: 2.75rem; block-size: 2.75rem; stroke-width: 1.3; justify-self: center; color: var(--_muted); }
    @media (max-width: 760px) { .back { display: grid; } header { padding-inline: 0.5rem !important; } }
  `];

  constructor() {
    super();
    /** @type {import("../parts/timeline.js").Entry | undefined} */ this.reply = undefined;
    this.divider = -1;
  }

  willUpdate(changed) {
    if (!changed.has("chat")) return;
    this.reply = undefined;
    // What was new when one came stays marked as long as one is here.
    this.divider = this.chats.marks.knows(this.chat.key) ? this.chats.marks.of(this.chat.key) : -1;
    if (!this.chat.room && !this.chat.talk.timeline.ready) this.chat.talk.older();
  }

  render() {
    const { words, chat } = this;
    const { talk } = chat;
    return html`
      <header class="hue${hueOf(chat.key.slice(5))}">
        <a class="back" href="#/" aria-label=${words.say("back")} title=${words.say("back")}><span class="flip">${icon("back")}</span></a>
        ${chat.room ? nothing : html`<span class="avatar" aria-hidden="true">${initials(chat.title)}</span>`}
        <div class="title"><h1><bdi>${chat.title}</bdi></h1>
          ${talk.topic ? html`<p class="topic" dir="auto" title=${talk.topic}>${talk.topic}</p>` : chat.room ? nothing : html`<p class="topic">${words.say("private")}</p>`}</div>
        ${chat.room && !chat.problem ? html`
          <button class="heads" aria-pressed=${this.peopleShown} @click=${() => this.#tell("people")} title=${words.say("people")} aria-label=${words.say("here", { n: talk.count })}>${icon("people")}${words.number(talk.count)}</button>` : nothing}
        <button class="round" aria-haspopup="menu" @click=${(event) => this.#roomMenu(event.currentTarget)} title=${words.say("more")} aria-label=${words.say("more")}>${icon("more")}</button>
      </header>
      ${this.#banner()}
      ${chat.problem ? this.#outside() : chat.asks ? this.#door() : this.#talk()}`;
  }

  #banner() {
    const { words, chats } = this;
    if (chats.state === "open" || this.chat.asks || this.chat.problem) return nothing;
    // The first time there is a picture of what comes.
    if (chats.state === "connecting" && !this.chat.talk.timeline.ready) return nothing;
    const key = chats.state === "connecting" ? "connecting" : !navigator.onLine ? "offline" : chats.state === "closed" ? "closed" : "reconnecting";
    return html`<p class="banner" role="status">${words.say(key)}
      ${key === "closed" ? html`<button @click=${() => this.#tell("again")}>${words.say("connectAgain")}</button>` : nothing}</p>`;
  }

  #talk() {
    const { words, chat, chats } = this;
    const { talk } = chat;
    const readonly = chat.role === "reader";
    return html`
      <chat-messages .words=${words} .timeline=${talk.timeline} .me=${talk.username} .divider=${this.divider} .label=${words.say("messages", { room: chat.title })}
        ?compact=${this.compact} ?readonly=${readonly} @older=${() => talk.older()} @reply=${(event) => (this.reply = event.detail)} @read=${() => this.#seen()}
        @retry=${(event) => talk.retry(event.detail.nonce)} @discard=${(event) => talk.timeline.drop(event.detail.nonce)}
        @jump=${(event) => this.#jump(event.detail)} @menu=${(event) => this.#messageMenu(event.detail)}>
        <div slot="empty" class="empty">${icon("chats")}<b>${words.say(chat.room ? "emptyRoom" : "emptyLetters", { name: chat.title })}</b><span>${words.say(chat.room ? "emptyRoomHint" : "emptyLettersHint")}</span></div>
      </chat-messages>
      <div class="foot">
        <p class="typing" aria-live="polite">${typingLine(talk.typing, words)}</p>
        ${readonly ? html`<p class="hint">${words.say("readonly")}</p>` : html`
          <chat-composer .words=${words} .label=${words.say("writeTo", { room: chat.title })} .draftFor=${chat.key} .replyTo=${this.reply}
            .names=${chat.room ? [...talk.members.values()].filter((member) => member.userId !== talk.room.userId).map((member) => member.username) : []}
            .longest=${chats.longest ?? 4000} @say=${(event) => this.#say(event.detail)} @typing=${(event) => talk.room?.typing(event.detail)} @unreply=${() => (this.reply = undefined)}></chat-composer>`}
      </div>`;
  }

  #outside() {
    const { words, chat } = this;
    return html`<div class="out" role="alert">${icon("alert")}<h2>${words.say("notIn")}</h2><p>${chat.problem === "kicked" ? words.say("kicked") : chat.problem}</p>
      <button class="main" @click=${() => (this.chats.state === "closed" ? this.#tell("again") : this.chats.enter(chat.room))}>${words.say("retry")}</button>
      <button @click=${() => this.#tell("leave")}>${words.say("forget")}</button></div>`;
  }

  #door() {
    const { words, chat } = this;
    return html`<form class="out" @submit=${(event) => {
      event.preventDefault();
      this.chats.enter(chat.room, { password: String(new FormData(event.target).get("password")) });
    }}>${icon("lock")}<h2>${words.say("locked")}</h2>
      <label>${words.say("password")}<input name="password" type="password" required maxlength="128" autocomplete="off"></label>
      <button class="main">${words.say("join")}</button></form>`;
  }

  /** Where one writes. */
  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("chat-composer, input"))?.focus();
  }

  /** Goes to what was said. */
  focusMessages() {
    this.renderRoot.querySelector("chat-messages")?.renderRoot.querySelector(".scroller")?.focus();
  }

  /** Tells that the newest is in sight, if somebody is there to see it. */
  #seen() {
    if (!document.hidden && document.hasFocus()) this.#tell("seen");
  }

  /** Looks again whether the newest is in sight. */
  look() {
    if (this.renderRoot.querySelector("chat-messages")?.window?.atEnd) this.#seen();
  }

  mention(name) {
    this.renderRoot.querySelector("chat-composer")?.insert(`@${name} `);
  }

  async #jump(seq) {
    if (await this.chat.talk.fetchTo(seq)) this.renderRoot.querySelector("chat-messages").reveal(seq);
    else this.#tell("refused", this.words.say("tooFar"));
  }

  #say(text) {
    const { chat } = this;
    if (text.startsWith("/") && !text.startsWith("//")) return this.#command(text);
    this.#send(text.startsWith("//") ? text.slice(1) : text);
  }

  #send(text, how = {}) {
    const replyTo = this.reply?.seq;
    this.chat.talk.say(text, { ...how, ...(replyTo === undefined ? {} : { replyTo }) });
    this.reply = undefined;
    this.renderRoot.querySelector("chat-messages").toEnd();
  }

  async #command(text) {
    try {
      const wrong = await command(text, {
        chat: this.chat,
        say: (said, how) => this.#send(said, how),
        ask: async (request) => {
          await this.chats.connection.request({ room: this.chat.room, ...request });
          // Nobody is told what it did itself.
          if (request.type === "Topic") this.chat.talk.topic = request.topic;
          this.requestUpdate();
        },
        letters: (name, said) => this.#tell("letters", { name, text: said }),
        help: () => this.#tell("ask", { what: "keys" }),
        leave: () => this.#tell("leave"),
      });
      if (wrong) this.#tell("refused", this.words.say(wrong));
    } catch (failure) {
      this.#tell("refused", failure.message);
    }
  }

  #messageMenu({ entry, element, x, y }) {
    const { words, chat } = this;
    const moderates = ["owner", "moderator"].includes(chat.role);
    const choices = [];
    if (!entry.deleted) {
      if (chat.role !== "reader") choices.push({ label: words.say("reply"), run: () => (this.reply = entry) });
      choices.push({ label: words.say("copy"), run: () => copy(entry.content) });
    }
    if (!entry.own && chat.room) {
      const member = { userId: entry.userId, username: entry.username };
      choices.push(...this.#personChoices(member).filter(({ only }) => !only));
    }
    if (!entry.deleted && chat.room && (entry.own || moderates)) choices.push({ label: words.say("delete"), danger: true, run: () => chat.talk.delete(entry.seq) });
    if (choices.length > 0) this.#tell("menu", { choices, element, point: { x, y } });
  }

  /** What can be done with somebody. @param {{userId: string, username: string}} member */
  personMenu(member, element) {
    const choices = this.#personChoices(member);
    if (choices.length > 0) this.#tell("menu", { choices, element, point: {} });
  }

  #personChoices(member) {
    const { words, chat } = this;
    if (member.userId === chat.talk.room.userId) return [];
    const choices = [
      { label: words.say("writeAlone", { name: member.username }), run: () => this.#tell("letters", { userId: member.userId, name: member.username }) },
      { label: words.say("mention", { name: member.username }), run: () => this.mention(member.username) },
    ];
    if (!["owner", "moderator"].includes(chat.role)) return choices;
    const moderate = (action) => ({ label: words.say("do." + action), danger: action === "kick" || action === "ban", run: () => this.#tell("ask", { what: "moderate", with: { action, member, chat } }) });
    choices.push(moderate("mute"), { label: words.say("do.unmute"), only: true, run: () => this.#ask({ type: "Moderate", action: "unmute", username: member.username }) }, moderate("kick"), moderate("ban"));
    if (chat.role === "owner" && member.userId.startsWith("a.")) choices.push({ only: true, ...moderate("role") });
    return choices;
  }

  async #ask(request) {
    try {
      await this.chats.connection.request({ room: this.chat.room, ...request });
    } catch (failure) {
      this.#tell("refused", failure.message);
    }
  }

  #roomMenu(element) {
    const { words, chat } = this;
    const choices = [];
    if (chat.room) {
      const moderates = ["owner", "moderator"].includes(chat.role);
      choices.push({ label: words.say("copyLink"), run: () => this.#copyLink() });
      if (chat.role !== "reader") choices.push({ label: words.say("setTopic"), run: () => this.#tell("ask", { what: "topic", with: { chat } }) });
      if (moderates) choices.push({ label: words.say("invite"), run: () => this.#tell("ask", { what: "invite", with: { chat } }) });
      if (chat.role === "owner") choices.push({ label: words.say("roomSettings"), run: () => this.#tell("ask", { what: "room", with: { chat } }) });
    }
    choices.push({ label: words.say(chat.room ? "leave" : "hide"), danger: chat.room !== undefined, run: () => this.#tell("leave") });
    this.#tell("menu", { choices, element, point: {} });
  }

  async #copyLink() {
    await copy(location.href);
    this.#tell("refused", this.words.say("copied"));
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

customElements.define("chat-view", ChatView);
