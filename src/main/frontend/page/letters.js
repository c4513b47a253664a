// The conversation with one person, as a timeline like that of a room.
import { Timeline } from "../parts/timeline.js";

const PAGE = 60;

/** Events as those of RoomTalk: `change`, `refused`. */
export class Letters extends EventTarget {
  timeline = new Timeline();
  typing = new Set();
  topic = "";
  unreadBefore = 0;

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

  async older() {
    const { timeline } = this;
    if (timeline.loading || timeline.complete) return;
    timeline.mark({ loading: true });
    try {
      const before = timeline.oldest;
      const page = await this.connection.request({ type: "History", userId: this.userId, limit: PAGE, ...(before === undefined ? {} : { before }) });
      timeline.put(page.events.map((message) => this.entry(message)));
      timeline.mark({ loading: false, ready: true, complete: !page.hasMore });
    } catch (failure) {
      // Nothing has been written yet: that is no failure.
      timeline.mark({ loading: false, ready: true, complete: failure.code === "USER_NOT_FOUND" });
    }
  }

  async fetchTo(seq) {
    for (let page = 0; page < 25 && !this.timeline.complete && (this.timeline.oldest ?? 0) > seq; page++) await this.older();
    return this.timeline.at(seq) !== undefined;
  }

  say(content, how = {}) {
    const nonce = crypto.randomUUID();
    this.timeline.send(nonce, { content, username: this.username, userId: this.connection.userId, ...how });
    this.#send(nonce, content, how);
  }

  async #send(nonce, content, { replyTo } = {}) {
    try {
      const ack = await this.connection.request({ type: "Private", userId: this.userId, content, nonce, ...(replyTo === undefined ? {} : { replyTo }) });
      this.timeline.stored(nonce, ack.seq, new Date(ack.at));
    } catch (failure) {
      this.timeline.failed(nonce, failure.message);
    }
  }

  retry(nonce) {
    const entry = this.timeline.again(nonce);
    if (entry) this.#send(nonce, entry.content, { replyTo: entry.replyTo });
  }
}
