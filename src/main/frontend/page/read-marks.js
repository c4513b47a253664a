// How far everything has been read: kept in this browser, told to its other tabs, and for accounts by the server.
import { kept, keep } from "./kept.js";

export class ReadMarks {
  #name;
  #changed;
  #marks;
  #channel = new BroadcastChannel("parlour-read");

  /** @param {import("./session.js").Session} session @param {() => void} changed called when another tab has read something */
  constructor(session, changed) {
    this.#name = "read." + (session.kind === "account" ? session.userId : "guest");
    this.#changed = changed;
    this.#marks = kept(this.#name) ?? {};
    this.#channel.onmessage = (event) => {
      if (event.data.name !== this.#name) return;
      this.#raise(event.data.key, event.data.seq);
    };
  }

  /** @param {string} key of the chat @returns {number} a `seq`, 0 if nothing was read there */
  of(key) {
    return this.#marks[key] ?? 0;
  }

  /** Has anything been read there yet? @param {string} key */
  knows(key) {
    return key in this.#marks;
  }

  /** Somebody has read on here. @param {string} key @param {number} seq */
  move(key, seq) {
    if (seq <= this.of(key)) return;
    this.#raise(key, seq);
    this.#channel.postMessage({ name: this.#name, key, seq });
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => keep(this.#name, { ...kept(this.#name), ...this.#marks }), 300);
  }

  /** The server knows of another device. @param {string} key @param {number} seq */
  stood(key, seq) {
    if (seq > this.of(key)) this.#raise(key, seq);
  }

  /** @param {any} marker a ReadMarker */
  heard({ room, withId, seq }) {
    this.stood(room === undefined ? "with/" + withId : "room/" + room, seq);
  }

  #raise(key, seq) {
    this.#marks[key] = Math.max(seq, this.of(key));
    this.#changed();
  }
}
