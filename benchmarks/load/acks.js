// How many messages one hot room acknowledges, and when: acks.js URL RATE SECONDS. RATE 0: each of 16 senders keeps 64 unacknowledged.
const WebSocket = require('ws');
const [url, rateText, secondsText] = process.argv.slice(2);
const rate = Number(rateText), seconds = Number(secondsText), warm = 2, senders = 16, window = 64;
const text = 'x'.repeat(64);
const waits = [];
let acked = 0, refused = 0, measuring = false;

function open(name) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'chat.v1.json', { perMessageDeflate: false });
    const pending = new Map();
    let count = 0;
    const say = () => {
      const ref = String(++count);
      pending.set(ref, performance.now());
      socket.send(JSON.stringify({ type: 'Message', ref, content: text }));
    };
    const settle = message => {
      const sent = pending.get(message.ref);
      pending.delete(message.ref);
      if (measuring && message.type === 'Ack') {
        acked++;
        waits.push(performance.now() - sent);
      } else if (message.type === 'Error') {
        refused++;
      }
      if (rate === 0) say();
    };
    socket.on('message', data => {
      const message = JSON.parse(data);
      if (message.type === 'Welcome') resolve({ socket, say });
      for (const one of message.type === 'Batch' ? message.events : [message]) {
        if ((one.type === 'Ack' || one.type === 'Error') && pending.has(one.ref)) settle(one);
      }
    });
    socket.on('open', () => socket.send(JSON.stringify({ type: 'Hello', username: name })));
    socket.on('error', reject);
  });
}

(async () => {
  const all = [];
  for (let i = 0; i < senders; i++) all.push(await open('acks' + i));
  if (rate === 0) {
    all.forEach(({ say }) => { for (let i = 0; i < window; i++) say(); });
  } else {
    const start = performance.now();
    let sent = 0;
    setInterval(() => {
      for (const due = (performance.now() - start) / 1000 * rate; sent < due; sent++) all[sent % senders].say();
    }, 1);
  }
  setTimeout(() => { measuring = true; }, warm * 1000);
  setTimeout(() => {
    waits.sort((a, b) => a - b);
    const at = share => +waits[Math.floor(waits.length * share)].toFixed(2);
    console.log(JSON.stringify({ rate, acked_per_s: Math.round(acked / seconds), refused, ack_ms: { p50: at(0.5), p99: at(0.99) } }));
    process.exit(0);
  }, (warm + seconds) * 1000);
})();
