import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, joinRoom } from "../../main/frontend/client/chat-client.js";

/** A server in memory that speaks as docs/protocol.md says, as far as these tests ask. */
class FakeServer {
  log = [];
  epoch = "e1";
  byNonce = new Map();
  sockets = new Set();
  lose = 0;

  get WebSocket() {
    const server = this;
    return class FakeSocket {
      readyState = 0;
      constructor() {
        server.sockets.add(this);
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
      if (!known) {
        this.log.push(event);
        this.byNonce.set(message.nonce, event);
        for (const other of this.sockets) if (other !== socket) other.tell(event);
      }
      if (Math.random() >= this.lose) socket.tell({ type: "Ack", ref, nonce: message.nonce, room: "general", seq: event.seq, at: event.at, duplicate: known !== undefined });
      else socket.close();
    } else if (type === "Who") socket.tell({ type: "Presence", ref, room: "general", count: 1, users: [] });
  }

  drop(code) {
    for (const socket of [...this.sockets]) socket.close(code);
  }
}

const options = (server) => ({ server: "http://x/", WebSocket: server.WebSocket, username: "ann" });
const within = (ms, promise) => Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), ms).unref())]);

test("ten thousand messages over a bad line: none lost, doubled or reordered", { timeout: 120_000 }, async () => {
  const server = new FakeServer();
  server.lose = 0.003;
  const room = await joinRoom({ ...options(server), room: "general" });
  const listener = await joinRoom({ ...options(server), room: "general" });
  const heard = [];
  listener.addEventListener("message", ({ detail }) => heard.push(detail.seq));
  const drops = setInterval(() => server.drop(), 400);
  const sent = [];
  for (let i = 0; i < 10_000; i += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, k) => room.send("m" + (i + k)).then((ack) => sent.push(ack.seq))));
  }
  clearInterval(drops);
  const deadline = Date.now() + 20_000;
  while (heard.length < 10_000 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(server.log.length, 10_000);
  assert.equal(new Set(sent).size, 10_000);
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
