import { html, nothing } from "lit";
import { Dialog } from "../dialog.js";

/** The password, and where else one is signed in. */
export class AccountDialog extends Dialog {
  static properties = { logins: { state: true } };

  constructor() {
    super();
    this.logins = undefined;
  }

  get heading() {
    return this.words.say("account");
  }

  connectedCallback() {
    super.connectedCallback();
    this.#fetch();
  }

  async #fetch() {
    try {
      this.logins = (await this.around.session.api.get("me/sessions")).sessions;
    } catch (failure) {
      this.problem = failure.message;
    }
  }

  body() {
    const { words, logins } = this;
    return html`
      <form @submit=${this.submit(async (given) => {
        await this.around.session.api.ask("PUT", "me/password", { oldPassword: given.get("old"), password: given.get("new") });
        this.around.say(words.say("saved"));
        this.done();
      })}>
        <input type="text" autocomplete="username" hidden .value=${this.around.session.username}>
        <label>${words.say("passwordOld")}<input name="old" type="password" required maxlength="128" autocomplete="current-password"></label>
        <label>${words.say("passwordNew")}<input name="new" type="password" required minlength="8" maxlength="128" autocomplete="new-password"></label>
        ${this.buttons(words.say("save"))}</form>
      <fieldset><legend>${words.say("logins")}</legend>
        ${logins ? html`<ul>${logins.map((login) => html`<li class="row"><span>${words.shortMoment(new Date(login.lastUsed))}${login.current ? html` · <b>${words.say("thisOne")}</b>` : nothing}</span>
          ${login.current ? nothing : html`<button class="round" @click=${() => this.#end("me/sessions/" + login.id)} aria-label=${words.say("endLogin")} title=${words.say("endLogin")}>✕</button>`}</li>`)}</ul>
          ${logins.length > 1 ? html`<button @click=${() => this.#end("me/sessions")}>${words.say("endOthers")}</button>` : nothing}` : html`<p class="hint">${words.say("loading")}</p>`}
      </fieldset>`;
  }

  async #end(path) {
    try {
      await this.around.session.api.ask("DELETE", path);
      await this.#fetch();
    } catch (failure) {
      this.problem = failure.message;
    }
  }
}
