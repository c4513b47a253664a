import { html, nothing } from "lit";
import { Dialog } from "../dialog.js";

const MINUTES = [10, 60, 1440, 10080];
const ROLES = ["member", "reader", "moderator", "owner", "none"];

export class ModerateDialog extends Dialog {
  get heading() {
    return this.words.say("sure." + this.around.action, { name: this.around.member.username });
  }

  body() {
    const { words } = this;
    const { action, member, chat, chats } = this.around;
    const timed = action === "mute" || action === "ban";
    return html`<form @submit=${this.submit(async (given) => {
      const minutes = Number(given.get("minutes"));
      const reason = String(given.get("reason") ?? "").trim();
      await chats.connection.request({
        type: "Moderate", room: chat.room, action, username: member.username,
        ...(minutes ? { seconds: minutes * 60 } : {}), ...(reason ? { reason } : {}),
        ...(given.get("address") ? { address: true } : {}), ...(action === "role" ? { role: given.get("role") } : {}),
      });
      this.done();
    })}>
      ${action === "role" ? html`<label>${words.say("role")}<select name="role" data-first>${ROLES.map((role) => html`<option value=${role} ?selected=${chat.roles?.get(member.userId) === role}>${words.say("role." + role)}</option>`)}</select></label>` : nothing}
      ${timed ? html`<label>${words.say("howLong")}<select name="minutes" data-first>
        ${MINUTES.map((minutes) => html`<option value=${minutes}>${words.say("minutes." + minutes)}</option>`)}<option value="0">${words.say("minutes.0")}</option></select></label>` : nothing}
      ${action === "role" ? nothing : html`<label>${words.say("reason")}<input name="reason" maxlength="250"></label>`}
      ${action === "ban" ? html`<label class="check"><input type="checkbox" name="address"> ${words.say("banAddress")}</label>` : nothing}
      ${this.buttons(words.say("do." + action), action !== "role")}</form>`;
  }
}
