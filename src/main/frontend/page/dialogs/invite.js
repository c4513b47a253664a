import { html, nothing } from "lit";
import { copy } from "../../parts/copy.js";
import { Dialog } from "../dialog.js";
import { SERVER, part } from "../api.js";
import { hrefOf } from "../route.js";

const DAYS = [1, 7, 30];

/** Makes a link that lets others into the room, with a role of their own. */
export class InviteDialog extends Dialog {
  static properties = { link: { state: true } };

  get heading() {
    return this.words.say("inviteTo", { room: this.around.chat.title });
  }

  body() {
    const { words } = this;
    const { chat, session } = this.around;
    if (this.link) {
      return html`<p class="hint">${words.say("inviteOnce")}</p>
        <div class="copy"><input readonly aria-label=${words.say("invite")} .value=${this.link} @focus=${(event) => event.target.select()} dir="ltr">
        <button class="main" @click=${() => this.#copy()}>${words.say("copyLink")}</button></div>`;
    }
    const roles = chat.role === "owner" ? ["member", "reader", "moderator"] : ["member", "reader"];
    return html`<form @submit=${this.submit(async (given) => {
      const made = await session.api.ask("POST", `rooms/${part(chat.room)}/invitations`,
        { uses: Number(given.get("uses")), expiresIn: 86_400 * Number(given.get("days")), role: given.get("role") });
      this.link = SERVER + hrefOf("invitation/" + made.invitation);
    })}>
      <label>${words.say("role")}<select name="role">${roles.map((role) => html`<option value=${role}>${words.say("role." + role)}</option>`)}</select></label>
      <label>${words.say("uses")}<input name="uses" type="number" min="1" max="1000" value="1" required></label>
      <label>${words.say("howLong")}<select name="days">${DAYS.map((days) => html`<option value=${days}>${words.say("days", { n: days })}</option>`)}</select></label>
      ${this.buttons(words.say("makeLink"))}</form>${nothing}`;
  }

  async #copy() {
    await copy(this.link);
    this.around.say(this.words.say("copied"));
    this.done();
  }
}
