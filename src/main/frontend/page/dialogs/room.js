import { html, nothing } from "lit";
import { Dialog } from "../dialog.js";
import { part } from "../api.js";
import { hrefOf } from "../route.js";

const KINDS = ["open", "protected", "private"];

/** Makes a room. A guest can only make open ones, by going in. */
export class NewRoomDialog extends Dialog {
  static properties = { kind: { state: true } };

  constructor() {
    super();
    this.kind = "open";
  }

  get heading() {
    return this.words.say("newRoom");
  }

  body() {
    const { words } = this;
    const { session } = this.around;
    const account = session.kind === "account";
    return html`<form @submit=${this.submit((given) => this.#make(given))}>
      <label>${words.say("roomName")}<input name="room" data-first required maxlength="64" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
      ${account ? html`<fieldset><legend>${words.say("whoMayEnter")}</legend>
        ${KINDS.map((kind) => html`<label class="option"><input type="radio" name="kind" value=${kind} .checked=${kind === this.kind} @change=${() => (this.kind = kind)}>
          <span>${words.say("room." + kind)}<span class="hint">${words.say(`room.${kind}.hint`)}</span></span></label>`)}</fieldset>
        ${this.kind === "protected" ? html`<label>${words.say("password")}<input name="password" type="password" minlength="8" maxlength="128" autocomplete="new-password"></label>` : nothing}`
        : html`<p class="hint">${words.say("guestRooms")}</p>`}
      ${this.buttons(words.say("make"))}</form>`;
  }

  async #make(given) {
    const { session, chats } = this.around;
    let room = String(given.get("room")).trim();
    const password = String(given.get("password") ?? "");
    if (session.kind === "account") {
      // By its name nobody can tell whether there is such a room. See docs/protocol.md, Rooms.
      if (this.kind === "private" && !room.startsWith("private:")) room = session.administrator ? `private:${room}` : `private:${session.username}:${room}`;
      await session.api.ask("PUT", "rooms/" + part(room), { kind: this.kind, ...(password ? { password } : {}) });
    }
    chats.enter(room, password ? { password } : {});
    location.hash = hrefOf("room/" + room);
    this.done();
  }
}

/** How a room is; for its owners. */
export class RoomDialog extends Dialog {
  static properties = { settings: { state: true } };

  get heading() {
    return this.words.say("settingsOf", { room: this.around.chat.title });
  }

  connectedCallback() {
    super.connectedCallback();
    this.around.session.api.get("rooms/" + part(this.around.chat.room)).then((settings) => (this.settings = settings), (failure) => (this.problem = failure.message));
  }

  body() {
    const { words, settings } = this;
    if (!settings) return html`<p class="hint" role="status">${words.say("loading")}</p>`;
    return html`<form @submit=${this.submit((given) => this.#save(given))}>
      <fieldset><legend>${words.say("whoMayEnter")}</legend>
        ${KINDS.map((kind) => html`<label class="option"><input type="radio" name="kind" value=${kind} .checked=${kind === settings.kind}><span>${words.say("room." + kind)}<span class="hint">${words.say(`room.${kind}.hint`)}</span></span></label>`)}</fieldset>
      <label>${words.say("passwordNew")}<input name="password" type="password" minlength="8" maxlength="128" autocomplete="new-password"></label>
      ${settings.password ? html`<label class="check"><input type="checkbox" name="none"> ${words.say("passwordNone")}</label>` : nothing}
      <label>${words.say("slowMode")}<input name="slowMode" type="number" min="0" max="21600" .value=${String(settings.slowMode)}></label>
      <label>${words.say("maxMembers")}<input name="maxMembers" type="number" min="0" max="1000000" .value=${String(settings.maxMembers)}></label>
      <label class="check"><input type="checkbox" name="archived" .checked=${settings.archived}> ${words.say("archive")}</label>
      ${this.buttons(words.say("save"))}</form>`;
  }

  async #save(given) {
    const password = given.get("none") ? "" : String(given.get("password")) || undefined;
    await this.around.session.api.ask("PUT", "rooms/" + part(this.around.chat.room), {
      kind: given.get("kind"), archived: given.get("archived") !== null, slowMode: Number(given.get("slowMode")), maxMembers: Number(given.get("maxMembers")),
      ...(password === undefined ? {} : { password }),
    });
    this.around.say(this.words.say("saved"));
    this.done();
  }
}
