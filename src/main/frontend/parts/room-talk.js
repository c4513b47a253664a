// One room as its readers see it: ties what the connection tells to a timeline.
import { Timeline } from "./timeline.js";

const PAGE = 60;
/** Milliseconds: who says no more that it types, does not. */
const TYPING_ENDS = 6_000;

/**
 * Events: `change` (members, topic, typing, state), `refused` (detail: a sentence). What was said is in `timeline`.
 */
export class RoomTalk extends EventTarget {
  timeline = new Timeline();
  /** @type {Map<string, {username: string, userId: string}>} who is here, by `userId`; empty in a crowd */
  members = new Map();
  count = 0;
  topic = "";
  /** @type {Set<string>} names */
  typing = new Set();
  /** @type {import("../client/chat-client.js").ChatRoom} */ room;
  #ends = new Map();

  /** @param {import("../client/chat-client.js").ChatRoom} room just joined, so that nothing is missed */
  constructor(room) {
    super();
    this.room = room;
    const on = (type, handle) => room.addEventListener(type, (event) => handle(event.detail));
    on("message", (message) => this.#said(message));
    on("deleted", (message) => this.timeline.deleted(message.target));
    on("userJoined", (message) => this.#moved(message, "joined"));
    on("userLeft", (message) => this.#moved(message, "left"));
    on("userRenamed", (message) => this.#renamed(message));
    on("topic", (message) => this.#topic(message));
    on("typing", (message) => this.#types(message));
    on("gap", () => this.#gap());
    on("welcome", () => this.#arrived());
  }

  get name() {
    return this.room.name;
  }

  /** What one is called here. */
  get username() {
    return this.room.username ?? "";
  }

  /** What a protocol message is in a timeline. @param {any} message */
  entry(message) {
    return {
      seq: message.seq, at: new Date(message.at), username: message.username, userId: message.userId, content: message.content,
      action: message.action === true, deleted: message.deleted === true, replyTo: message.replyTo, nonce: message.nonce,
      own: message.userId === this.room.userId,
    };
  }

  #said(message) {
    this.timeline.put([this.entry(message)], true);
    this.#stops(message.username);
  }

  // What is older than the stream comes by itself once one is in the room.
  async #arrived() {
    this.dispatchEvent(new Event("change"));
    this.who();
    this.#ask();
    if (!this.timeline.ready) await this.older();
  }

  async #ask() {
    try {
      this.topic = (await this.room.request({ type: "Topic" })).topic ?? "";
      this.dispatchEvent(new Event("change"));
    } catch {
      // It is asked again with the next welcome.
    }
  }

  /** Who is here now. */
  async who() {
    try {
      const presence = await this.room.who();
      this.count = presence.count;
      this.members = new Map((presence.users ?? []).map((user) => [user.userId, user]));
      this.dispatchEvent(new Event("change"));
    } catch {
      // It is asked again with the next welcome; until then the events tell.
    }
  }

  /** Fetches the page before the oldest message that is here. */
  async older() {
    const { timeline } = this;
    if (timeline.loading || timeline.complete) return;
    timeline.mark({ loading: true });
    try {
      const before = timeline.oldest;
      const page = await this.room.history(before === undefined ? { limit: PAGE } : { before, limit: PAGE });
      timeline.put(page.events.map((message) => this.entry(message)));
      timeline.mark({ loading: false, ready: true, complete: !page.hasMore });
    } catch (failure) {
      timeline.mark({ loading: false, ready: true });
      this.refused(failure);
    }
  }

  /** Reads back until a message is here, 25 pages at most. @param {number} seq */
  async fetchTo(seq) {
    for (let page = 0; page < 25 && !this.timeline.complete && (this.timeline.oldest ?? 0) > seq; page++) await this.older();
    return this.timeline.at(seq) !== undefined;
  }

  /** @param {string} content @param {{replyTo?: number, action?: boolean}} [how] */
  say(content, how = {}) {
    const nonce = crypto.randomUUID();
    this.timeline.send(nonce, { content, username: this.username, userId: this.room.userId, ...how });
    this.#send(nonce, content, how);
  }

  async #send(nonce, content, how) {
    try {
      const ack = await this.room.send(content, { nonce, ...how });
      this.timeline.stored(nonce, ack.seq, new Date(ack.at));
    } catch (failure) {
      this.timeline.failed(nonce, failure.message);
    }
  }

  /** @param {string} nonce */
  retry(nonce) {
    const entry = this.timeline.again(nonce);
    if (entry) this.#send(nonce, entry.content, { replyTo: entry.replyTo, action: entry.action });
  }

  /** @param {number} seq */
  async delete(seq) {
    try {
      await this.room.delete(seq);
      this.timeline.deleted(seq);
    } catch (failure) {
      this.refused(failure);
    }
  }

  refused(failure) {
    this.dispatchEvent(new CustomEvent("refused", { detail: failure.message }));
  }

  #moved({ username, userId, count, seq, at }, what) {
    if (what === "joined") this.members.set(userId, { username, userId });
    else this.members.delete(userId);
    this.count = count ?? this.members.size;
    this.timeline.moved(username, what, seq, new Date(at));
    this.#stops(username);
    this.dispatchEvent(new Event("change"));
  }

  #renamed({ from, username, userId, seq, at }) {
    this.members.set(userId, { username, userId });
    this.timeline.note("renamed", { from, to: username }, seq, new Date(at));
    this.#stops(from);
    this.dispatchEvent(new Event("change"));
  }

  #topic({ username, topic, seq, at }) {
    this.topic = topic;
    this.timeline.note(topic ? "topic" : "topicNone", { name: username, topic }, seq, new Date(at));
    this.dispatchEvent(new Event("change"));
  }

  #types({ username, state }) {
    clearTimeout(this.#ends.get(username));
    if (state === "start") {
      this.typing.add(username);
      this.#ends.set(username, setTimeout(() => this.#stops(username), TYPING_ENDS));
      this.dispatchEvent(new Event("change"));
    } else this.#stops(username);
  }

  #stops(username) {
    clearTimeout(this.#ends.get(username));
    this.#ends.delete(username);
    if (this.typing.delete(username)) this.dispatchEvent(new Event("change"));
  }

  // The log is another one, or too much was missed: begin anew.
  #gap() {
    this.timeline.reset();
    this.older();
  }
}

/** "ann is typing". @param {Set<string>} names @param {import("./words.js").Words} words */
export function typingLine(names, words) {
  if (names.size === 0) return "";
  return names.size > 3 ? words.say("typingMany") : words.say("typing", { n: names.size, names: words.list([...names]) });
}
