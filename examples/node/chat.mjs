#!/usr/bin/env node
// A chat in a terminal that loses nothing: it keeps each line until the server has stored it, and comes back after whatever happens to
// the connection, without a gap and without anything twice.
//
//   node chat.mjs http://localhost:8080 general ann
//
// Lines are messages; /history, /who, /help and the other commands work; the end of the input leaves. Needs Node 22, or Node 20 with
// --experimental-websocket, or the package ws. What goes over the wire: docs/protocol.md.

import {createInterface} from 'node:readline';
import {randomUUID} from 'node:crypto';

const [server = 'http://localhost:8080', room = 'general', username = 'ann'] = process.argv.slice(2);
const url = `${server.replace(/^http/, 'ws').replace(/\/$/, '')}/ws/${encodeURIComponent(room)}`;
const Socket = globalThis.WebSocket ?? (await import('ws')).WebSocket;

let socket;
let welcomed = false;
let ended = false; // the input
let attempts = 0;

// What is needed to come back: who we are, which log it was, how far we have seen it, and what is not stored for certain.
let token;
let epoch;
let seq;
const pending = new Map(); // nonce -> content, in the order of typing

function connect() {
  socket = new Socket(url, 'chat.v1.json');
  socket.onopen = () => send({type: 'Hello', ref: 'hello', token, username, since: seq, epoch});
  socket.onmessage = event => take(JSON.parse(event.data));
  socket.onerror = () => {}; // onclose follows
  socket.onclose = closed;
}

function send(message) {
  socket.send(JSON.stringify(message));
}

function closed({code, reason}) {
  welcomed = false;
  if (code === 1000 || (code >= 4000 && code < 4100)) {
    // Left, or the server says that coming back is no use.
    if (code !== 1000) console.error(`Closed: ${reason || code}`);
    process.exit(code === 1000 ? 0 : 1);
  }
  // With full jitter, so that not all clients come back at the same moment; at once if the server asks for it (4200 and above).
  const most = code >= 4200 ? 0 : Math.min(30_000, 500 * 2 ** attempts++);
  setTimeout(connect, Math.random() * most);
}

function take(message) {
  switch (message.type) {
    case 'Welcome':
      if (message.ref !== 'hello') return;
      token = message.token ?? token;
      if (!message.recovered) seq = message.head; // the stream begins there
      epoch = message.epoch ?? epoch;
      welcomed = true;
      attempts = 0;
      for (const nonce of pending.keys()) say(nonce);
      leaveWhenDone();
      return;
    case 'Ack':
      pending.delete(message.nonce);
      if (!message.duplicate && message.seq > seq) seq = message.seq; // our own event, in its place
      leaveWhenDone();
      return;
    case 'Batch':
      if (message.kind === 'history') message.events.forEach(print); // an answer, which moves nothing
      else message.events.forEach(take);
      return;
    case 'Error':
      refused(message);
      return;
    case 'Notice':
      console.log(message.message);
      return;
    case 'Presence':
      console.log(`${message.count} here: ${(message.users ?? []).map(user => user.username).join(', ')}`);
      return;
  }
  if (message.room === undefined || message.seq === undefined || message.seq <= seq) return;
  seq = message.seq;
  // Our own, from before the connection broke: as good as an Ack.
  if (message.nonce && pending.delete(message.nonce)) leaveWhenDone();
  print(message);
}

function refused(error) {
  console.error(error.message);
  if (!pending.has(error.ref)) return;
  if (error.retryable) setTimeout(() => say(error.ref), error.retryAfterMs ?? 1_000);
  else pending.delete(error.ref);
  leaveWhenDone();
}

function print(event) {
  switch (event.type) {
    case 'NewMessage':
      console.log(event.action ? `* ${event.username} ${event.content}` : `[${event.username}] ${event.content ?? '(deleted)'}`);
      break;
    case 'UserJoined':
      console.log(`--> ${event.username}`);
      break;
    case 'UserLeft':
      console.log(`<-- ${event.username}`);
      break;
  }
}

function say(nonce) {
  if (welcomed && pending.has(nonce)) send({type: 'Message', ref: nonce, nonce, content: pending.get(nonce)});
}

function leaveWhenDone() {
  if (ended && welcomed && pending.size === 0) send({type: 'Leave'});
}

createInterface({input: process.stdin})
  .on('line', line => {
    if (line.startsWith('/')) {
      if (!welcomed) console.error('Not connected; please try again.');
      else if (line === '/history') send({type: 'History', limit: 20});
      else socket.send(line);
    } else if (line.trim()) {
      const nonce = randomUUID();
      pending.set(nonce, line);
      say(nonce);
    }
  })
  .on('close', () => {
    ended = true;
    leaveWhenDone();
  });

connect();
