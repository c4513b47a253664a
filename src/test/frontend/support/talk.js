// Two people with the client library, one of whom says a thousand things while the server comes and goes: node talk.js SERVER ROOM
// Ends with one line of JSON: what was acknowledged, and what the other heard.
import "./node-18.js";
import { connect } from "../../../main/frontend/client/chat-client.js";

const [server, name] = process.argv.slice(2);
const MESSAGES = 1_000;
const EACH_MS = 10;
const PATIENCE_MS = 60_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const ann = connect({ server, username: "ann" });
const bob = connect({ server, username: "bob" });
const [speaking, listening] = await Promise.all([ann, bob].map((connection) => connection.join(name).ready));

const heard = [];
listening.addEventListener("message", ({ detail }) => heard.push([detail.seq, detail.content]));
let lines = 0;
for (const connection of [ann, bob]) connection.addEventListener("state", ({ detail }) => detail.state === "waiting" && lines++);

const acked = [];
const said = [];
for (let i = 0; i < MESSAGES; i++) {
  said.push(speaking.send("message " + i).then(({ seq }) => acked.push([seq, "message " + i])));
  if (i === MESSAGES / 5) console.log("talking");
  // No more may wait than the client takes.
  do await pause(EACH_MS);
  while (speaking.pending > 400);
}
await Promise.all(said);
const ends = Date.now() + PATIENCE_MS;
while (heard.length < MESSAGES && Date.now() < ends) await pause(50);
console.log(JSON.stringify({ lines, acked, heard }));
ann.close();
bob.close();
