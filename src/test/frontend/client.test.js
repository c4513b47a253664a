import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/node-18.js";
import { connect, joinRoom } from "../../main/frontend/client/chat-client.js";

/** A server in memory that speaks as docs/protocol.md says, as far as these tests ask. */
class FakeServer {
  log = [];
  epoch = "e1";
  byNonce = new Map();
  sockets = new Set();
  lose = 0;
  lost = 0;
  again = 0;
  connections = 0;

  get WebSocket() {
    const server = this;
    return class FakeSocket {
      readyState = 0;
      constructor() {
        server.sockets.add(this);
        server.connections++;
        setTimeout(() => {
          this.readyState = 1;
          this.onopen?.();
        });
      }
      send(text) {
        const message = JSON.parse(text);
        queueMicrotask(() => this.readyState === 1 && server.take(this, message));
      }
      tell(message) {
        if (this.readyState === 1) setTimeout(() => this.readyState === 1 && this.onmessage?.({ data: JSON.stringify(message) }));
      }
      close(code = 1006) {
        if (this.readyState === 3) return;
        this.readyState = 3;
        server.sockets.delete(this);
        setTimeout(() => this.onclose?.({ code }));
      }
    };
  }

  take(socket, message) {
    const { type, ref } = message;
    if (type === "Hello" || type === "Join") {
      if (type === "Hello" && this.refuse) return this.refuse(socket, message);
      const room = message.room ?? "general";
      const recovered = message.since === 0 || message.epoch === this.epoch;
      socket.tell({ type: "Welcome", ref, room, epoch: this.epoch, head: this.log.length, recovered, username: message.username, userId: "u1", token: "t", heartbeatMs: 25_000 });
      if (recovered) socket.tell({ type: "Batch", kind: "resume", room, events: this.log.slice(message.since) });
    } else if (type === "Message") {
      const known = this.byNonce.get(message.nonce);
      const event = known ?? { type: "NewMessage", room: "general", seq: this.log.length + 1, id: String(this.log.length), at: "2026-01-01T00:00:00.000Z", username: "ann", userId: "u1", content: message.content, nonce: message.nonce };
      if (known) this.again++;
      else {
        this.log.push(event);
        this.byNonce.set(message.nonce, event);
        for (const other of this.sockets) if (other !== socket) other.tell(event);
      }
      if (Math.random() >= this.lose) socket.tell({ type: "Ack", ref, nonce: message.nonce, room: "general", seq: event.seq, at: event.at, duplicate: known !== undefined });
      else this.lost++;
    } else if (type === "Who") socket.tell({ type: "Presence", ref, room: "general", count: 1, users: [] });
  }

  drop(code) {
    for (const socket of [...this.sockets]) socket.close(code);
  }
}

const options = (server) => ({ server: "http://x/", WebSocket: server.WebSocket, username: "ann" });
const within = (ms, promise) => Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), ms).unref())]);

test("ten thousand messages over a bad line: none lost, doubled or reordered", { timeout: 120_000 }, async (t) => {
  const server = new FakeServer();
  server.lose = 0.3;
  const room = await joinRoom({ ...options(server), room: "general" });
  const listener = await joinRoom({ ...options(server), room: "general" });
  const heard = [];
  listener.addEventListener("message", ({ detail }) => heard.push(detail.seq));
  const drops = setInterval(() => server.drop(), 400);
  t.after(() => clearInterval(drops));
  const acked = [];
  let next = 0;
  const speaker = async () => {
    while (next < 10_000) acked.push((await room.send("m" + next++)).seq);
  };
  await Promise.all(Array.from({ length: 200 }, speaker));
  clearInterval(drops);
  const deadline = Date.now() + 20_000;
  while (heard.length < 10_000 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  t.diagnostic(`${server.log.length} stored, ${server.again} said again, ${server.lost} acks lost, ${server.connections} connections`);
  assert.ok(server.lost > 2_000 && server.connections > 20, "the line was bad");
  assert.equal(new Set(acked).size, 10_000);
  assert.deepEqual(server.log.map((event) => event.content), Array.from({ length: 10_000 }, (_, i) => "m" + i));
  assert.deepEqual(heard, Array.from({ length: 10_000 }, (_, i) => i + 1));
  await room.close();
  await listener.close();
});

test("what is written while the line is down is sent when it is back", async () => {
  const server = new FakeServer();
  const room = await joinRoom({ ...options(server), room: "general" });
  server.drop();
  const ack = await within(5_000, room.send("late"));
  assert.equal(ack.seq, 1);
  await room.close();
});

test("the ranges of the close codes decide", async () => {
  for (const [code, state] of [[4001, "closed"], [4005, "closed"], [1000, "closed"], [4100, "waiting"], [4201, "waiting"], [1006, "waiting"]]) {
    const server = new FakeServer();
    const connection = connect(options(server));
    await connection.join("general").ready;
    const changed = new Promise((resolve) => connection.addEventListener("state", ({ detail }) => resolve(detail.state)));
    server.drop(code);
    assert.equal(await within(2_000, changed), state, String(code));
    connection.close();
  }
});

test("another log is a gap that must be read anew", async () => {
  const server = new FakeServer();
  const connection = connect(options(server));
  const room = await connection.join("general").ready;
  const gap = new Promise((resolve) => room.addEventListener("gap", ({ detail }) => resolve(detail)));
  await room.send("before");
  server.epoch = "e2";
  server.drop(4201);
  assert.equal((await within(5_000, gap)).reset, true);
  connection.close();
});

test("a room that may not be entered is refused, and the connection goes on with the others", async () => {
  const server = new FakeServer();
  server.refuse = (socket, { ref }) => {
    server.refuse = undefined;
    socket.tell({ type: "Error", ref, code: "PASSWORD_REQUIRED", message: "No.", retryable: false });
  };
  const connection = connect(options(server));
  const locked = connection.join("locked");
  const open = connection.join("general");
  await assert.rejects(within(5_000, locked.ready), { code: "PASSWORD_REQUIRED" });
  await within(5_000, open.ready);
  connection.close();
});

test("messages can be iterated until the room is left", async () => {
  const server = new FakeServer();
  const speaker = await joinRoom({ ...options(server), room: "general" });
  const room = await joinRoom({ ...options(server), room: "general" });
  const heard = [];
  const done = (async () => {
    for await (const { content } of room) {
      heard.push(content);
      if (heard.length === 2) break;
    }
  })();
  await speaker.send("a");
  await speaker.send("b");
  await within(5_000, done);
  assert.deepEqual(heard, ["a", "b"]);
  await speaker.close();
  await room.close();
});

test("a hole in the stream is filled before what lies behind it is given", async () => {
  const server = new FakeServer();
  const room = await joinRoom({ ...options(server), room: "general" });
  const heard = [];
  const all = new Promise((resolve) => room.addEventListener("message", ({ detail }) => heard.push(detail.seq) === 3 && resolve()));
  const event = (seq) => ({ type: "NewMessage", room: "general", seq, id: String(seq), username: "bob", content: "m" + seq });
  server.log.push(event(1), event(2), event(3));
  for (const socket of server.sockets) socket.tell(event(3));
  await within(5_000, all);
  assert.deepEqual(heard, [1, 2, 3]);
  await room.close();
});

test("the token is asked for again when it has ended, on a refusal and on close code 4202", async () => {
  const server = new FakeServer();
  const shown = [];
  server.refuse = (socket, hello) => {
    shown.push(hello.token);
    if (shown.length > 1) server.refuse = undefined;
    if (shown.length === 1) socket.tell({ type: "Error", ref: hello.ref, code: "TOKEN_EXPIRED", message: "Ended.", retryable: false });
    else socket.tell({ type: "Welcome", ref: hello.ref, room: "general", epoch: "e1", head: 0, recovered: false, username: "ann", userId: "u1" });
  };
  let asked = 0;
  const connection = connect({ ...options(server), token: async () => `token-${++asked}` });
  await within(5_000, connection.join("general").ready);
  assert.deepEqual(shown, ["token-1", "token-2"]);
  const back = new Promise((resolve) => connection.addEventListener("state", ({ detail }) => detail.state === "open" && resolve()));
  server.drop(4202);
  await within(5_000, back);
  assert.equal(asked, 3);
  connection.close();
});

test("what waits is bounded, and says so at once", async () => {
  const server = new FakeServer();
  const connection = connect(options(server));
  const room = await connection.join("general").ready;
  server.drop();
  const sent = Array.from({ length: 500 }, () => room.send("m"));
  await assert.rejects(room.send("one too many"), { code: "OVERLOADED" });
  assert.equal(room.pending, 500);
  await within(10_000, Promise.all(sent));
  assert.equal(server.log.length, 500);
  connection.close();
});

test("the waits between the tries are as long as chance says, within bounds that double up to thirty seconds", async (t) => {
  const { setTimeout: real } = globalThis;
  const { random } = Math;
  t.after(() => Object.assign(globalThis, { setTimeout: real }) && Object.assign(Math, { random }));
  const bounds = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
  for (const [code, chance, waits] of [
    [1006, 1, bounds],
    [1006, 0.5, bounds.map((bound) => bound / 2)],
    [1006, 0, bounds.map(() => 0)],
    [4100, 0, bounds],
    [4201, 1, [0, ...bounds.slice(1)]],
  ]) {
    const seen = [];
    Math.random = () => chance;
    const connection = await new Promise((resolve) => {
      let tried = 0;
      class Dead {
        constructor() {
          if (++tried <= bounds.length) real(() => this.onclose({ code }));
          else resolve(made);
        }
        close() {}
      }
      globalThis.setTimeout = (run, wait) => {
        if (wait !== undefined) seen.push(wait);
        return real(run, 0);
      };
      const made = connect({ server: "http://x/", username: "ann", WebSocket: Dead });
      made.join("general");
    });
    globalThis.setTimeout = real;
    connection.close();
    assert.deepEqual(seen, waits, `close code ${code}, chance ${chance}`);
  }
});

test("comes back also where a failed handshake is an error and never a close", async () => {
  const server = new FakeServer();
  const { WebSocket } = server;
  let failed = 0;
  const connection = connect({
    server: "http://localhost/",
    username: "ann",
    WebSocket: function (...args) {
      if (failed++) return new WebSocket(...args);
      const dead = { readyState: 0 };
      setTimeout(() => dead.onerror?.({}));
      return dead;
    },
  });

  await connection.join("general").ready;

  assert.equal(failed, 2);
  connection.close();
});
