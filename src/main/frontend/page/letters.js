// The conversation with one person, as a timeline like that of a room.
import { Talk } from "../parts/talk.js";

export class Letters extends Talk {

  /** @param {any} connection @param {string} userId with whom @param {string} username what that is called */
  constructor(connection, userId, username) {
    super();
    this.connection = connection;
    this.userId = userId;
    this.with = username;
  }

  get username() {
    return this.connection.username ?? "";
  }

  get ownId() {
    return this.connection.userId;
  }

  /** Takes something in that came while one was connected. @param {any} message a PrivateMessage */
  take(message) {
    this.with = message.with;
    this.timeline.put([this.entry(message)], true);
    this.dispatchEvent(new Event("change"));
  }

  entry(message) {
    return {
      seq: message.seq, at: new Date(message.at), username: message.from, userId: message.userId, content: message.content, nonce: message.nonce,
      action: message.action === true, deleted: message.deleted === true, replyTo: message.replyTo, own: message.userId !== message.withId,
    };
  }

  fetched(page) {
    return this.connection.request({ type: "History", userId: this.userId, ...page });
  }

  // Nothing has been written yet: that is no failure.
  notFetched(failure) {
    this.timeline.mark({ complete: failure.code === "USER_NOT_FOUND" });
  }

  posted(content, { nonce, replyTo }) {
    return this.connection.request({ type: "Private", userId: this.userId, content, nonce, replyTo });
  }
}
