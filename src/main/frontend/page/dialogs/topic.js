import { html } from "lit";
import { Dialog } from "../dialog.js";

export class TopicDialog extends Dialog {
  get heading() {
    return this.words.say("setTopic");
  }

  body() {
    const { chat, chats } = this.around;
    return html`<form @submit=${this.submit(async (given) => {
      await chats.connection.request({ type: "Topic", room: chat.room, topic: String(given.get("topic")) });
      chat.talk.topic = String(given.get("topic"));
      this.done();
    })}>
      <label>${this.words.say("topicName")}<input name="topic" data-first required maxlength="250" .value=${chat.talk.topic}></label>
      ${this.buttons(this.words.say("save"))}</form>`;
  }
}
