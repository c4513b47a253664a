import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/node-18.js";
import { Timeline } from "../../main/frontend/parts/timeline.js";

const said = (seq, more = {}) => ({ seq, at: new Date(1_700_000_000_000 + seq), username: "ann", userId: "a", content: "m" + seq, ...more });
const seqs = (timeline) => timeline.entries.map((entry) => entry.seq ?? entry.nonce);

test("whatever comes in whatever order stands in order, once", () => {
  const timeline = new Timeline();
  timeline.put([said(5), said(7)], true);
  timeline.put([said(1), said(2), said(5)]);
  timeline.put([said(6)]);
  assert.deepEqual(seqs(timeline), [1, 2, 5, 6, 7]);
});

test("what is on its way stands last and takes its place once it is stored", () => {
  const timeline = new Timeline();
  timeline.send("n1", { content: "x" });
  timeline.put([said(4)], true);
  assert.deepEqual(seqs(timeline), [4, "n1"]);
  timeline.stored("n1", 3, new Date());
  assert.deepEqual(seqs(timeline), [3, 4]);
  assert.equal(timeline.at(3).state, "sent");
});

test("an own message that comes as an event is the one on its way", () => {
  const timeline = new Timeline();
  timeline.send("n1", { content: "x" });
  timeline.put([said(9, { own: true, nonce: "n1" })], true);
  timeline.stored("n1", 9, new Date());
  assert.deepEqual(seqs(timeline), [9]);
});

test("what failed can be tried again or dropped", () => {
  const timeline = new Timeline();
  timeline.send("n1", { content: "x" });
  timeline.failed("n1", "No.");
  assert.equal(timeline.entries[0].problem, "No.");
  timeline.again("n1");
  assert.equal(timeline.entries[0].state, "sending");
  timeline.drop("n1");
  assert.deepEqual(timeline.entries, []);
});

test("a deleted message keeps its place, and nothing of what it said", () => {
  const timeline = new Timeline();
  timeline.put([said(1), said(2, { replyTo: 1 })]);
  const { revision } = timeline.at(2);
  timeline.deleted(1);
  assert.equal(timeline.at(1).content, undefined);
  assert.ok(timeline.at(2).revision > revision, "who quotes it is shown anew");
});

test("those who come and go one after the other share a line", () => {
  const timeline = new Timeline();
  timeline.moved("ann", "joined", 1);
  timeline.moved("bob", "joined", 2);
  timeline.moved("ann", "left", 3);
  timeline.moved("ann", "left", 3);
  assert.equal(timeline.entries.length, 1);
  assert.deepEqual([...timeline.entries[0].people], [["ann", "passed"], ["bob", "joined"]]);
});

test("ten thousand older messages come in front quickly", () => {
  const timeline = new Timeline();
  // Its own time: the machine may be busy with other tests.
  const begun = process.cpuUsage();
  for (let page = 99; page >= 0; page--) timeline.put(Array.from({ length: 100 }, (_, i) => said(page * 100 + i + 1)));
  const { user, system } = process.cpuUsage(begun);
  assert.ok(user + system < 1_000_000, `${user + system} microseconds`);
  assert.equal(timeline.entries.length, 10_000);
  assert.ok(timeline.entries.every((entry, i) => entry.seq === i + 1));
});
