import { html } from "lit";
import { Dialog } from "../dialog.js";
import { NAMES } from "../language.js";
import { mayNotify } from "../notify.js";

export class PreferencesDialog extends Dialog {
  get heading() {
    return this.words.say("preferences");
  }

  body() {
    const { words } = this;
    const { preferences } = this.around;
    const choices = (name, values, chosen, change) => html`<fieldset><legend>${words.say(name)}</legend>
      ${values.map((value) => html`<label class="option"><input type="radio" name=${name} value=${value} .checked=${value === chosen} @change=${() => change(value)}><span>${words.say(`${name}.${value}`)}</span></label>`)}</fieldset>`;
    return html`
      ${choices("theme", ["auto", "light", "dark"], preferences.theme, (theme) => preferences.set({ theme }))}
      <label>${words.say("language")}<select @change=${(event) => this.#speak(event.target.value)}>
        <option value="" ?selected=${preferences.language === ""}>${words.say("languageAuto")}</option>
        ${Object.entries(NAMES).map(([tag, name]) => html`<option value=${tag} lang=${tag} ?selected=${preferences.language === tag}>${name}</option>`)}</select></label>
      ${choices("notify", ["off", "mine", "all"], preferences.notify, (notify) => this.#notify(notify))}
      <label class="check"><input type="checkbox" .checked=${preferences.compact} @change=${(event) => preferences.set({ compact: event.target.checked })}> ${words.say("compact")}</label>`;
  }

  async #speak(language) {
    this.around.preferences.set({ language });
    // The dialog itself goes on in the old language otherwise.
    this.done();
  }

  async #notify(notify) {
    if (notify !== "off" && !(await mayNotify())) {
      this.problem = this.words.say("notifyDenied");
      this.around.preferences.set({ notify: "off" });
      this.requestUpdate();
      return;
    }
    this.problem = "";
    this.around.preferences.set({ notify });
  }
}
