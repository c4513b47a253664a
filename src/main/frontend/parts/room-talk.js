// One room as its readers see it: ties what the connection tells to a timeline.
import { Talk } from "./talk.js";

/** Milliseconds: who says no more that it types, does not. */
const TYPING_ENDS = 6_000;

export class RoomTalk extends Talk {
  /** @type {Map<string, {username: string, userId: string}>} who is here, by `userId`; empty in a crowd */
  members = new Map();
  count = 0;
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

  get ownId() {
    return this.room.userId;
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

  fetched(page) {
    return this.room.history(page);
  }

  posted(content, how) {
    return this.room.send(content, how);
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
