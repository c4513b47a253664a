// All rooms and conversations of this person, on one connection.
import { connect } from "../client/chat-client.js";
import { RoomTalk } from "../parts/room-talk.js";
import { mentions } from "../parts/text.js";
import { SERVER, part } from "./api.js";
import { kept, keep, whenKeptElsewhere } from "./kept.js";
import { Letters } from "./letters.js";
import { ReadMarks } from "./read-marks.js";

const MOST_ROOMS = 40;

/**
 * One place that can be talked in.
 *
 * @typedef {object} Chat
 * @property {string} key `room/NAME` or `with/USERID`, as in the address of the page
 * @property {string} title
 * @property {RoomTalk | Letters} talk
 * @property {string} [room] its name, if it is a room
 * @property {string} [role] what one is there: owner, moderator, member, reader
 * @property {string} [asks] "password" if it has to be shown
 * @property {string} [problem] why one is not in it
 */

/** Events: `change`, `news` (detail: chat and entries), `refused` (detail: a sentence). */
export class Chats extends EventTarget {
  /** @type {Map<string, Chat>} */ all = new Map();
  state = "connecting";
  /** @type {any} */ connection;
  #session;
  /** @type {ReadMarks} */ marks;

  /** @param {import("./session.js").Session} session */
  constructor(session) {
    super();
    this.#session = session;
    this.marks = new ReadMarks(session, () => this.#changed());
    const connection = connect({
      server: SERVER,
      token: async () => session.bearer(),
      username: session.kind === "guest" ? session.username : undefined,
    });
    this.connection = connection;
    connection.addEventListener("state", () => {
      this.state = connection.state;
      this.#changed();
    });
    connection.addEventListener("welcome", (event) => this.#welcome(event.detail));
    connection.addEventListener("private", (event) => this.#private(event.detail));
    connection.addEventListener("readMarker", (event) => this.marks.heard(event.detail));
    connection.addEventListener("error", (event) => this.#refused(event.detail));
    whenKeptElsewhere((name) => {
      if (name === "rooms") for (const room of this.#remembered()) this.enter(room);
    });
  }

  get username() {
    return this.connection.username ?? this.#session.username;
  }

  #remembered() {
    return (kept("rooms")?.[this.#session.kind === "account" ? this.#session.userId : "guest"] ?? []).slice(0, MOST_ROOMS);
  }

  #remember() {
    const rooms = [...this.all.values()].filter((chat) => chat.room && !chat.problem).map((chat) => chat.room);
    keep("rooms", { ...kept("rooms"), [this.#session.kind === "account" ? this.#session.userId : "guest"]: rooms });
  }

  /** Goes into all rooms of the last time, and that of the address first. @param {string} first */
  async begin(first) {
    this.enter(first);
    for (const room of this.#remembered()) this.enter(room);
    if (this.#session.kind === "account") await this.#inbox();
  }

  // What the account is in besides, and who has written.
  async #inbox() {
    try {
      const { conversations = [], rooms = [] } = await this.#session.api.get("conversations");
      for (const one of rooms) {
        this.marks.stood("room/" + one.room, one.read);
        this.enter(one.room);
      }
      for (const one of conversations) {
        this.marks.stood("with/" + one.userId, one.read);
        this.letters(one.userId, one.with).talk.older();
      }
    } catch {
      // The rooms that this browser remembers are there all the same.
    }
  }

  /** @param {string} room @param {{password?: string}} [how] @returns {Chat} */
  enter(room, how = {}) {
    room = room.normalize("NFC");
    const key = "room/" + room;
    const here = this.all.get(key);
    if (here && !here.problem && !here.asks) return here;
    const joined = this.connection.join(room, how.password ? { password: how.password } : {});
    const talk = new RoomTalk(joined);
    /** @type {Chat} */ const chat = { key, title: room, talk, room };
    this.all.set(key, chat);
    this.#follow(chat);
    joined.addEventListener("welcome", () => this.#entered(chat));
    joined.addEventListener("error", (event) => this.#notIn(chat, event.detail));
    joined.addEventListener("moderated", (event) => this.#moderated(chat, event.detail));
    this.#changed();
    return chat;
  }

  /** The conversation with somebody. @param {string} userId @param {string} username @returns {Chat} */
  letters(userId, username) {
    const key = "with/" + userId;
    let chat = this.all.get(key);
    if (!chat) {
      const talk = new Letters(this.connection, userId, username);
      chat = { key, title: username, talk };
      this.all.set(key, chat);
      this.#follow(chat);
      this.#changed();
    }
    return chat;
  }

  #follow(chat) {
    chat.talk.addEventListener("change", () => this.#changed());
    chat.talk.addEventListener("refused", (event) => this.#refused({ message: event.detail }));
    chat.talk.timeline.addEventListener("change", () => this.#changed());
    chat.talk.timeline.addEventListener("said", (event) => {
      const entries = event.detail.filter((entry) => !entry.own);
      if (entries.length > 0) this.dispatchEvent(new CustomEvent("news", { detail: { chat, entries } }));
    });
  }

  #entered(chat) {
    chat.problem = chat.asks = undefined;
    this.#remember();
    this.#roleIn(chat);
    this.#changed();
  }

  /** What one may do in the room; a guest has no roles. */
  async #roleIn(chat) {
    if (this.#session.kind !== "account") return;
    if (this.#session.administrator) chat.role = "owner";
    try {
      const { members } = await this.#session.api.get(`rooms/${part(chat.room)}/members`);
      chat.roles = new Map(members.map((member) => [member.userId, member.role]));
      chat.role ??= chat.roles.get(this.#session.userId);
      this.#changed();
    } catch {
      // Who may not see them has no role.
    }
  }

  #notIn(chat, error) {
    if (error.code === "PASSWORD_REQUIRED") chat.asks = "password";
    else if (["ROOM_NOT_FOUND", "ROOM_ARCHIVED", "BANNED", "ROOM_FULL", "ROOM_NAME_INVALID", "TOO_MANY_ROOMS"].includes(error.code)) chat.problem = error.message;
    else if (error.code?.startsWith("USERNAME_")) this.dispatchEvent(new CustomEvent("nameless", { detail: error.message }));
    else this.#refused(error);
    this.#changed();
  }

  #moderated(chat, { action, username, by, role, until, reason }) {
    chat.talk.timeline.note("did." + action, { name: username, by, role, reason });
    if (action === "role") this.#roleIn(chat);
    if (action === "kick" && username === chat.talk.username) {
      chat.problem = reason || "kicked";
      this.#changed();
    }
  }

  #welcome(welcome) {
    if (this.#session.kind === "guest") this.#session.guestIs(welcome.username, welcome.userId, welcome.token);
  }

  #private(message) {
    const chat = this.letters(message.withId, message.with);
    chat.title = message.with;
    if (!chat.talk.timeline.ready) chat.talk.older();
    /** @type {Letters} */ (chat.talk).take(message);
  }

  /** Goes out of a room, or takes a conversation off the list. @param {Chat} chat */
  async leave(chat) {
    this.all.delete(chat.key);
    this.#remember();
    this.#changed();
    if (chat.room) await chat.talk.room.leave?.();
  }

  /** What has not been read in it. @param {Chat} chat @returns {{n: number, more: boolean, mentioned: boolean}} */
  unread(chat) {
    const mark = this.marks.of(chat.key);
    const { timeline } = chat.talk;
    let n = 0;
    let mentioned = false;
    for (let i = timeline.entries.length - 1; i >= 0; i--) {
      const entry = timeline.entries[i];
      if (entry.seq === undefined) continue;
      if (entry.seq <= mark) break;
      if (entry.kind !== "message" || entry.own || entry.deleted) continue;
      n++;
      mentioned ||= mentions(entry.content, chat.talk.username);
    }
    return { n, more: !timeline.complete && n > 0 && (timeline.oldest ?? 0) > mark + 1, mentioned: mentioned || (n > 0 && !chat.room) };
  }

  /** Somebody has seen everything in it. @param {Chat} chat */
  read(chat) {
    const { newest } = chat.talk.timeline;
    if (newest <= this.marks.of(chat.key)) return;
    this.marks.move(chat.key, newest);
    if (this.#session.kind !== "account" || this.state !== "open") return;
    clearTimeout(chat.telling);
    chat.telling = setTimeout(() => {
      const where = chat.room ? { room: chat.room } : { userId: chat.key.slice("with/".length) };
      this.connection.request({ type: "Read", seq: this.marks.of(chat.key), ...where }).catch(() => {
        // The next one says it as well.
      });
    }, 800);
  }

  close() {
    this.connection.close();
  }

  #refused(error) {
    this.dispatchEvent(new CustomEvent("refused", { detail: error.message }));
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
