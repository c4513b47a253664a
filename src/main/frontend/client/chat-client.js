// The client of Parlour's protocol (docs/protocol.md), for browsers and Node. What it offers is in chat-client.d.ts.

const WAITING_MOST = 500;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const TRIES = 8;
// Who has to wait longer (slow mode) is told so, and may try again.
const PATIENCE = 10_000;
// What may be said again on a new connection: it is stored once, or changes nothing.
const REPEATABLE = new Set(["Message", "Act", "Private", "History", "Who", "Read", "Delete"]);
const EVENTS = {
  NewMessage: "message", UserJoined: "userJoined", UserLeft: "userLeft", UserRenamed: "userRenamed", TopicChanged: "topic",
  MessageDeleted: "deleted", Typing: "typing", Presence: "presence", Moderated: "moderated", Notice: "notice",
};

/** A refusal by the server: `code` as in docs/protocol.md, or CONNECTION_LOST, CLOSED. */
export class ChatError extends Error {
  constructor(reply) {
    super(reply.message);
    Object.assign(this, reply);
    this.name = "ChatError";
  }
}

const lost = (code, message) => new ChatError({ code, message, retryable: code === "CONNECTION_LOST" });

export const connect = (options) => new ChatConnection(options);

/** One room on a connection of its own. */
export async function joinRoom({ room, password, ...options }) {
  const connection = connect(options);
  const joined = connection.join(room, { password });
  joined.alone = true;
  await joined.ready;
  return joined;
}

/** A nonce that nobody else has. Not by randomUUID: browsers have that only for pages over HTTPS. */
export const newNonce = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

class Emitter extends EventTarget {
  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export class ChatConnection extends Emitter {
  state = "waiting";
  username;
  userId;
  #options;
  #rooms = new Map();
  #waits = new Map();
  #refs = 0;
  #tries = 0;
  #socket;
  #up = false;
  #token;
  #after;
  #wake = () => this.#again();

  constructor(options = {}) {
    super();
    this.#options = options;
    this.username = options.username;
    globalThis.addEventListener?.("online", this.#wake);
    globalThis.document?.addEventListener("visibilitychange", this.#wake);
  }

  get rooms() {
    return [...this.#rooms.values()];
  }

  get pending() {
    return [...this.#waits.values()].filter(({ request }) => request.nonce).length;
  }

  join(name, { password, since, epoch, historyLimit = 0 } = {}) {
    name = name.normalize("NFC");
    const here = this.#rooms.get(name);
    if (here) return here;
    const room = new ChatRoom(this, name, { password, since, epoch, historyLimit });
    this.#rooms.set(name, room);
    if (this.#up) this.#enter(room);
    else if (!this.#socket && !this.timer) this.timer = setTimeout(() => this.#open());
    return room;
  }

  request(request) {
    if (this.state === "closed" && !this.#rooms.size) return Promise.reject(lost("CLOSED", "The connection is closed."));
    if (this.#waits.size >= WAITING_MOST) return Promise.reject(lost("OVERLOADED", "Too much is waiting to be sent."));
    return new Promise((resolve, reject) => {
      request = { ...request, ref: `r${++this.#refs}` };
      this.#waits.set(request.ref, { request, resolve, reject, tries: 0 });
      if (this.#up) this.#send(request);
    });
  }

  close() {
    this.#end("close");
    this.#socket?.close(1000);
  }

  #end(code) {
    clearTimeout(this.timer);
    globalThis.removeEventListener?.("online", this.#wake);
    globalThis.document?.removeEventListener("visibilitychange", this.#wake);
    this.ended = true;
    this.#up = false;
    for (const { reject } of this.#waits.values()) reject(lost("CLOSED", "The connection is closed."));
    this.#waits.clear();
    for (const room of this.#rooms.values()) room.over();
    this.#state("closed", code);
  }

  #state(state, code) {
    if (this.state === state) return;
    this.state = state;
    this.emit("state", { state, code });
  }

  #send(message) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  /** Says something that has no answer. */
  tell(message) {
    if (this.#up) this.#send(message);
  }

  #again() {
    if (this.state !== "waiting" || this.#socket || !this.#rooms.size || globalThis.document?.hidden) return;
    clearTimeout(this.timer);
    this.#open();
  }

  async #open() {
    this.timer = undefined;
    const [path] = this.#rooms.values();
    if (this.ended || !path || this.#socket) return;
    this.#state("connecting");
    const { token, server = globalThis.document?.baseURI, WebSocket = globalThis.WebSocket } = this.#options;
    let socket = {};
    this.#socket = socket;
    let shown;
    try {
      shown = this.#token ?? (typeof token === "function" ? await token() : token);
    } catch {
      return this.#lost(socket, path, {});
    }
    if (this.#socket !== socket) return;
    const url = new URL(`ws/${encodeURIComponent(path.name)}`, server);
    url.protocol = url.protocol.replace("http", "ws");
    socket = this.#socket = new WebSocket(url, "chat.v1.json");
    const hello = `h${++this.#refs}`;
    socket.onopen = () => this.#send({ type: "Hello", ref: hello, token: shown ?? undefined, username: this.#options.username, ...path.entry() });
    socket.onmessage = ({ data }) => {
      if (this.#socket !== socket) return;
      this.heard = Date.now();
      const message = JSON.parse(data);
      if (message.type === "Error" && !this.#up && (message.ref === hello || !message.ref)) this.#refused(message, path, shown);
      else {
        if (message.type === "Welcome" && message.ref === hello) this.#welcomed(message, shown);
        this.#take(message);
      }
    };
    socket.onclose = (event) => this.#lost(socket, path, event);
    // After a handshake that failed some clients (Node 20's) tell of an error and never close.
    socket.onerror = () => setTimeout(() => this.#lost(socket, path, {}), FIRST_WAIT);
  }

  // The path's room or the proof is not good: try without, or let the room be.
  #refused(error, path, shown) {
    if (["NOT_AUTHENTICATED", "TOKEN_EXPIRED"].includes(error.code) && shown && this.#tries < TRIES) {
      this.#token = this.#token || typeof this.#options.token === "function" ? undefined : "";
      this.#after = FIRST_WAIT * this.#tries;
    } else if (error.retryable) this.#after = error.retryAfterMs;
    else {
      this.#rooms.delete(path.name);
      path.fail(error);
      this.#after = 0;
    }
    this.#socket.close(3000);
  }

  #welcomed(welcome, shown) {
    this.#up = true;
    this.#tries = 0;
    this.welcome = welcome;
    this.username = welcome.username ?? this.username;
    this.userId = welcome.userId;
    if (welcome.token) this.#token = welcome.token;
    this.emit("welcome", welcome);
    for (const room of [...this.#rooms.values()].slice(1)) this.#enter(room);
    // In their order, with the same nonces: what was stored already is answered as it was.
    for (const { request } of this.#waits.values()) if (request.type !== "Join") this.#send(request);
    this.#state("open");
    this.#beat(this.#socket, welcome.heartbeatMs ?? 25_000);
    if (!welcome.token) this.#renew(this.#socket, shown);
  }

  #beat(socket, every) {
    const beat = setInterval(() => {
      if (this.#socket !== socket) clearInterval(beat);
      else if (Date.now() - this.heard > 3 * every) this.#lost(socket, undefined, {});
      else this.#send({ type: "Ping" });
    }, every);
    beat.unref?.();
  }

  // Shows a fresh token before the old one ends.
  #renew(socket, shown) {
    if (typeof this.#options.token !== "function") return;
    try {
      const { exp } = JSON.parse(atob(shown.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
      setTimeout(async () => {
        if (this.#socket !== socket) return;
        const token = await this.#options.token();
        this.request({ type: "Auth", token }).then(() => this.#renew(socket, token), () => {});
      }, Math.max(5_000, exp * 1_000 - Date.now() - 45_000)).unref?.();
    } catch {
      // A token that cannot be read ends when the server says so: 4202, and back at once with a fresh one.
    }
  }

  #enter(room) {
    this.request({ type: "Join", room: room.name, ...room.entry() }).catch((error) => {
      if (error.code === "CONNECTION_LOST" || error.code === "CLOSED") return;
      if (error.retryable) setTimeout(() => this.#up && this.#rooms.get(room.name) === room && this.#enter(room), error.retryAfterMs ?? 1_000);
      else {
        this.#rooms.delete(room.name);
        room.fail(error);
      }
    });
  }

  #lost(socket, path, { code }) {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    const wasUp = this.#up;
    this.#up = false;
    if (!code) socket.close?.();
    if (this.ended) return;
    for (const [ref, wait] of this.#waits) {
      if (REPEATABLE.has(wait.request.type)) continue;
      this.#waits.delete(ref);
      wait.reject(lost("CONNECTION_LOST", "The connection was lost."));
    }
    // A room that may not be entered ends the connection, and with it only itself.
    if (!wasUp && [4003, 4004, 4006].includes(code) && this.#rooms.get(path.name) === path) {
      this.#rooms.delete(path.name);
      path.fail({ code: code === 4006 ? "BANNED" : "ROOM_NOT_FOUND", message: "This room cannot be entered." });
      this.#after ??= 0;
    } else if (code === 1000 || (code >= 4000 && code < 4100)) return this.#end(code);
    this.#state("waiting", code);
    if (!this.#rooms.size) return;
    const atOnce = code >= 4200 && code < 4300 && this.#tries === 0;
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#tries++);
    const wait = this.#after ?? (atOnce ? 0 : Math.random() * longest + (code >= 4100 && code < 4200 ? longest : 0));
    this.#after = undefined;
    this.timer = setTimeout(() => this.#open(), wait);
  }

  #take(message) {
    if (message.type === "Batch" && message.kind !== "history") return message.events.forEach((event) => this.#take(event));
    const room = this.#rooms.get(message.room);
    if (message.type === "GoingAway") this.#after = message.reconnectAfterMs;
    else if (message.type === "Welcome") room?.welcomed(message);
    else if (message.type === "Error") return this.#error(message, room);
    else if (room && message.seq && !room.moved(message)) {
      // What was seen already; or there is a hole: coming back fills it.
      if (message.seq > room.lastSeq + 1) this.#lost(this.#socket, undefined, {});
      if (message.type !== "Ack") return;
    }
    const wait = this.#waits.get(message.ref) ?? (message.nonce && this.#byNonce(message));
    if (wait) {
      this.#waits.delete(wait.request.ref);
      wait.resolve(message);
      if (message.ref) return;
    }
    if (message.type === "PrivateMessage") this.emit("private", message);
    else if (message.type === "ReadMarker") this.emit("readMarker", message);
    else if (EVENTS[message.type]) (room ?? this).emit(EVENTS[message.type], message);
    if (room && message.type === "NewMessage") room.feed(message);
    if (room && message.type === "Moderated" && message.action === "kick" && message.username === room.username) this.#out(room);
  }

  // Nobody comes back by itself to where it was put out.
  #out(room) {
    this.#rooms.delete(room.name);
    room.over();
  }

  // One's own nonce in an event is as good as an Ack.
  #byNonce({ nonce, room, withId }) {
    return [...this.#waits.values()].find(({ request }) => request.nonce === nonce && (request.room === room || withId));
  }

  #error(error, room) {
    const wait = this.#waits.get(error.ref);
    if (!wait) {
      if (room && ["BANNED", "ROOM_ARCHIVED", "ROOM_NOT_FOUND", "PASSWORD_REQUIRED"].includes(error.code)) this.#out(room);
      return (room ?? this).emit("error", error);
    }
    const soon = (error.retryAfterMs ?? 0) <= PATIENCE && (REPEATABLE.has(wait.request.type) || error.code === "RATE_LIMITED");
    if (error.retryable && soon && ++wait.tries < TRIES) {
      setTimeout(() => this.#waits.has(error.ref) && this.#up && this.#send(wait.request), error.retryAfterMs ?? 1_000);
      return;
    }
    this.#waits.delete(error.ref);
    wait.reject(new ChatError(error));
  }

  /** Takes a room off: for ChatRoom. */
  async left(room) {
    if (this.#rooms.get(room.name) !== room) return;
    this.#rooms.delete(room.name);
    room.over();
    if (room.alone || !this.#rooms.size) return this.close();
    if (this.#up) await this.request({ type: "Leave", room: room.name });
  }
}

export class ChatRoom extends Emitter {
  name;
  lastSeq = 0;
  epoch;
  username;
  #connection;
  #how;
  #known = false;
  #queues = new Set();
  #done;

  constructor(connection, name, how) {
    super();
    this.#connection = connection;
    this.name = name;
    this.#how = how;
    this.lastSeq = how.since ?? 0;
    this.epoch = how.epoch;
    this.#known = how.since !== undefined;
    this.ready = new Promise((resolve, reject) => (this.#done = { resolve, reject }));
    this.ready.catch(() => {});
  }

  get state() {
    return this.#connection.state;
  }

  get userId() {
    return this.#connection.userId;
  }

  get pending() {
    return this.#connection.pending;
  }

  get connection() {
    return this.#connection;
  }

  request(request) {
    return this.#connection.request({ room: this.name, ...request });
  }

  send(content, { to, replyTo, action, nonce = newNonce() } = {}) {
    return this.request({ type: to !== undefined ? "Private" : action ? "Act" : "Message", to, content, replyTo, nonce });
  }

  history({ before, after, around, limit } = {}) {
    return this.request({ type: "History", before, after, around, limit });
  }

  who() {
    return this.request({ type: "Who" });
  }

  delete(seq, reason) {
    return this.request({ type: "Delete", seq, reason });
  }

  typing(state = "start") {
    this.#connection.tell({ type: "Typing", room: this.name, state });
  }

  leave() {
    return this.#connection.left(this);
  }

  close() {
    return this.leave();
  }

  /** The messages from now on, until the room is left. */
  async *[Symbol.asyncIterator]() {
    const queue = { messages: [] };
    this.#queues.add(queue);
    try {
      for (;;) {
        while (queue.messages.length) yield queue.messages.shift();
        if (this.ended) return;
        await new Promise((resolve) => (queue.wake = resolve));
      }
    } finally {
      this.#queues.delete(queue);
    }
  }

  // ---- for ChatConnection

  entry() {
    const { password, historyLimit } = this.#how;
    return { password, historyLimit, ...(this.#known ? { since: this.epoch ? this.lastSeq : 0, epoch: this.epoch } : {}) };
  }

  welcomed(welcome) {
    const gap = this.#known && !welcome.recovered && (welcome.epoch !== this.epoch || welcome.head > this.lastSeq)
      ? { from: this.lastSeq, to: welcome.head, reset: welcome.epoch !== this.epoch } : undefined;
    if (!welcome.recovered) this.lastSeq = welcome.head;
    this.#known = true;
    this.epoch = welcome.epoch;
    this.username = welcome.username;
    this.emit("welcome", welcome);
    if (gap) this.emit("gap", gap);
    this.#done.resolve(this);
  }

  /** Whether it is the next of the stream. */
  moved({ seq }) {
    if (seq !== this.lastSeq + 1) return false;
    this.lastSeq = seq;
    return true;
  }

  feed(message) {
    for (const queue of this.#queues) {
      queue.messages.push(message);
      queue.wake?.();
    }
  }

  fail(error) {
    this.over();
    this.#done.reject(new ChatError(error));
    this.emit("error", error);
  }

  over() {
    this.ended = true;
    for (const queue of this.#queues) queue.wake?.();
  }
}
