// What has been said in one room or conversation, as far as this client knows it, in order.

/**
 * One line. Stored ones are known by `seq`, own ones on their way by `nonce`. `revision` grows with every change of it.
 *
 * @typedef {object} Entry
 * @property {string} key
 * @property {"message" | "note" | "presence"} kind
 * @property {number} revision
 * @property {number} [seq] absent as long as the server has not stored it
 * @property {number} [order] what it is sorted by: `seq`, or infinite as long as it is on its way
 * @property {Date} at
 * @property {string} [username] @property {string} [userId]
 * @property {string} [content] absent if it was deleted
 * @property {boolean} [action] of `/me`
 * @property {boolean} [deleted]
 * @property {boolean} [own]
 * @property {number} [replyTo]
 * @property {string} [nonce]
 * @property {"sending" | "sent" | "failed"} [state] @property {string} [problem] why it failed
 * @property {{key: string, values: Record<string, unknown>}} [note]
 * @property {Map<string, "joined" | "left" | "passed" | "back">} [people] who came and went
 */

/** How many lines are kept at most; what is older is forgotten, and read again when it is wanted. */
const MOST = 20_000;
const FORGET = 2_000;

export class Timeline extends EventTarget {
  /** @type {Entry[]} oldest first; what is on its way last */
  entries = [];
  /** Whether the very beginning is here. */
  complete = false;
  /** Whether an older page is being fetched. */
  loading = false;
  /** Whether anything was loaded yet. */
  ready = false;
  #bySeq = new Map();
  #byNonce = new Map();
  #notes = 0;

  /** @param {number} seq @returns {Entry | undefined} */
  at(seq) {
    return this.#bySeq.get(seq);
  }

  /** The lowest stored `seq` of a message that is here, or undefined. */
  get oldest() {
    return this.entries.find((entry) => entry.seq !== undefined && entry.kind === "message")?.seq;
  }

  /** The highest `seq` of a message that is here, or 0. */
  get newest() {
    for (let i = this.entries.length - 1; i >= 0; i--) {
      if (this.entries[i].kind === "message" && this.entries[i].seq !== undefined) return this.entries[i].seq;
    }
    return 0;
  }

  /**
   * Puts messages in that are stored, new or old; those that are here already change nothing.
   *
   * @param {Omit<Entry, "key" | "kind" | "revision">[]} said
   * @param {boolean} [live] they have just been said: an event `said` tells the new ones
   */
  put(said, live = false) {
    const known = this.#bySeq.size;
    let changed = false;
    for (const one of said) changed = this.#putOne(one) || changed;
    if (!changed) return;
    this.#change();
    if (live && this.#bySeq.size > known) {
      const entries = said.map((one) => this.#bySeq.get(one.seq)).filter((entry) => !entry.deleted);
      this.dispatchEvent(new CustomEvent("said", { detail: entries }));
    }
  }

  #putOne(said) {
    const here = this.#bySeq.get(said.seq);
    if (here) {
      if (!said.deleted || here.deleted) return false;
      this.#erase(here);
      return true;
    }
    const own = said.own && said.nonce ? this.#byNonce.get(said.nonce) : undefined;
    if (own) {
      this.#store(own, said.seq, said.at);
      return true;
    }
    this.#insert({ key: "s" + said.seq, kind: "message", revision: 0, state: "sent", ...said });
    return true;
  }

  /** Shows something of one's own that is on its way. @param {string} nonce */
  send(nonce, said) {
    const entry = { key: "n" + nonce, kind: "message", revision: 0, own: true, state: "sending", order: Infinity, at: new Date(), nonce, ...said };
    this.#byNonce.set(nonce, entry);
    this.entries.push(entry);
    this.#change();
  }

  /** It is stored. @param {string} nonce @param {number} seq @param {Date} at */
  stored(nonce, seq, at) {
    const entry = this.#byNonce.get(nonce);
    if (entry && entry.seq === undefined) {
      this.#store(entry, seq, at);
      this.#change();
    }
  }

  #store(entry, seq, at) {
    this.#byNonce.delete(entry.nonce);
    this.entries.splice(this.entries.lastIndexOf(entry), 1);
    Object.assign(entry, { seq, at, state: "sent", problem: undefined, revision: entry.revision + 1 });
    // It may have come as an event as well.
    if (!this.#bySeq.has(seq)) this.#insert(entry);
  }

  /** It was refused, or given up. @param {string} nonce @param {string} problem a sentence */
  failed(nonce, problem) {
    const entry = this.#byNonce.get(nonce);
    if (entry) this.#set(entry, { state: "failed", problem });
  }

  /** It is tried again. @param {string} nonce */
  again(nonce) {
    const entry = this.#byNonce.get(nonce);
    if (entry) this.#set(entry, { state: "sending", problem: undefined });
    return entry;
  }

  /** Gives up what was not stored. @param {string} nonce */
  drop(nonce) {
    const entry = this.#byNonce.get(nonce);
    if (!entry) return;
    this.#byNonce.delete(nonce);
    this.entries.splice(this.entries.indexOf(entry), 1);
    this.#change();
  }

  /** What was said at `seq` has been taken back. @param {number} seq */
  deleted(seq) {
    const entry = this.#bySeq.get(seq);
    if (entry && !entry.deleted) {
      this.#erase(entry);
      this.#change();
    }
  }

  #erase(entry) {
    Object.assign(entry, { deleted: true, content: undefined, revision: entry.revision + 1 });
    // Whoever quotes it has to be shown anew, too.
    for (const other of this.entries) if (other.replyTo === entry.seq) other.revision++;
  }

  /** A line about the room. @param {string} key of the words @param {Record<string, unknown>} values @param {number} [seq] */
  note(key, values, seq, at = new Date()) {
    if (seq !== undefined && this.#bySeq.has(seq)) return;
    this.#insert({ key: seq === undefined ? "x" + ++this.#notes : "s" + seq, kind: "note", revision: 0, seq, at, note: { key, values } });
    this.#change();
  }

  /** Somebody came or went. Those that do so one after the other share a line. @param {string} username @param {"joined" | "left"} what */
  moved(username, what, seq, at = new Date()) {
    if (seq !== undefined && this.#bySeq.has(seq)) return;
    const last = this.entries.findLast((entry) => entry.seq !== undefined);
    if (last?.kind === "presence" && last.people.size < 100) {
      const before = last.people.get(username);
      last.people.set(username, before === undefined ? what : what === "left" ? "passed" : "back");
      this.#bySeq.set(seq, last);
      this.#set(last, { lastSeq: seq });
    } else {
      this.#insert({ key: "s" + seq, kind: "presence", revision: 0, seq, at, people: new Map([[username, what]]) });
      this.#change();
    }
  }

  /** Forgets all that is stored; what is on its way stays. */
  reset() {
    this.entries = this.entries.filter((entry) => entry.seq === undefined && entry.kind === "message");
    this.#bySeq.clear();
    this.complete = false;
    this.ready = false;
    this.#change();
  }

  /** @param {Partial<Pick<Timeline, "complete" | "loading" | "ready">>} state */
  mark(state) {
    Object.assign(this, state);
    this.#change();
  }

  #insert(entry) {
    if (entry.seq !== undefined) this.#bySeq.set(entry.seq, entry);
    // A note of ours stands behind what was there when it was made.
    entry.order = entry.seq ?? this.entries.findLast((other) => other.order !== Infinity)?.order ?? 0;
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle].order <= entry.order) low = middle + 1;
      else high = middle;
    }
    this.entries.splice(low, 0, entry);
    if (this.entries.length > MOST) this.#forget();
  }

  #forget() {
    for (const entry of this.entries.splice(0, FORGET)) {
      if (entry.seq !== undefined) this.#bySeq.delete(entry.seq);
    }
    this.complete = false;
  }

  #set(entry, values) {
    Object.assign(entry, values);
    entry.revision++;
    this.#change();
  }

  #change() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Both are by the same person, close together: the second needs no name. @param {Entry | undefined} first @param {Entry} second */
export function together(first, second) {
  return first?.kind === "message" && second.kind === "message" && !first.action && !second.action
    && (first.userId ?? first.own) === (second.userId ?? second.own) && first.username === second.username
    && second.at - first.at < 300_000;
}

/** @param {Date} one @param {Date} other */
export function sameDay(one, other) {
  return one.getDate() === other.getDate() && one.getMonth() === other.getMonth() && one.getFullYear() === other.getFullYear();
}
