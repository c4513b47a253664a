// What a room and a conversation of two have in common: a timeline that is read backwards, and what one says into it.
import { newNonce } from "../client/chat-client.js";
import { Timeline } from "./timeline.js";

const PAGE = 60;
const MOST_PAGES = 25;

/**
 * Events: `change` (members, topic, typing, state), `refused` (detail: a sentence). What was said is in `timeline`. Whoever extends it
 * says how a page is `fetched`, a message is `posted`, what a message of the protocol is as an `entry`, and who one is: `username`, `ownId`.
 */
export class Talk extends EventTarget {
  timeline = new Timeline();
  topic = "";
  /** @type {Set<string>} names */
  typing = new Set();

  /** Fetches the page before the oldest message that is here. */
  async older() {
    const { timeline } = this;
    if (timeline.loading || timeline.complete) return;
    timeline.mark({ loading: true });
    try {
      const before = timeline.oldest;
      const page = await this.fetched(before === undefined ? { limit: PAGE } : { before, limit: PAGE });
      timeline.put(page.events.map((message) => this.entry(message)));
      timeline.mark({ loading: false, ready: true, complete: !page.hasMore });
    } catch (failure) {
      timeline.mark({ loading: false, ready: true });
      this.notFetched(failure);
    }
  }

  /** Reads back until a message is here, 25 pages at most. @param {number} seq */
  async fetchTo(seq) {
    for (let page = 0; page < MOST_PAGES && !this.timeline.complete && (this.timeline.oldest ?? 0) > seq; page++) await this.older();
    return this.timeline.at(seq) !== undefined;
  }

  /** @param {string} content @param {{replyTo?: number, action?: boolean}} [how] */
  say(content, how = {}) {
    const nonce = newNonce();
    this.timeline.send(nonce, { content, username: this.username, userId: this.ownId, ...how });
    this.#send(nonce, content, how);
  }

  async #send(nonce, content, how) {
    try {
      const ack = await this.posted(content, { nonce, ...how });
      this.timeline.stored(nonce, ack.seq, new Date(ack.at));
    } catch (failure) {
      this.timeline.failed(nonce, failure.message);
    }
  }

  /** @param {string} nonce */
  retry(nonce) {
    const entry = this.timeline.again(nonce);
    if (entry) this.#send(nonce, entry.content, { replyTo: entry.replyTo, action: entry.action || undefined });
  }

  notFetched(failure) {
    this.refused(failure);
  }

  refused(failure) {
    this.dispatchEvent(new CustomEvent("refused", { detail: failure.message }));
  }
}
