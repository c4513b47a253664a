// What somebody likes: the same in all tabs of this browser.
import { kept, keep, whenKeptElsewhere } from "./kept.js";

const STANDARD = { theme: "auto", language: "", notify: "off", compact: false };

/** Event `change`. */
export class Preferences extends EventTarget {
  #values = { ...STANDARD, ...kept("preferences") };

  constructor() {
    super();
    whenKeptElsewhere((name) => {
      if (name !== "preferences") return;
      this.#values = { ...STANDARD, ...kept("preferences") };
      this.#show();
    });
    this.#show();
  }

  /** @returns {"auto" | "light" | "dark"} */
  get theme() {
    return this.#values.theme;
  }

  /** "" for that of the browser. @returns {string} */
  get language() {
    return this.#values.language;
  }

  /** What one is told of by the system: nothing, what is meant for oneself, or everything. @returns {"off" | "mine" | "all"} */
  get notify() {
    return this.#values.notify;
  }

  /** @returns {boolean} */
  get compact() {
    return this.#values.compact;
  }

  /** @param {Partial<typeof STANDARD>} values */
  set(values) {
    Object.assign(this.#values, values);
    keep("preferences", this.#values);
    this.#show();
  }

  #show() {
    // The page around the app has to follow, too: its background is seen when one scrolls too far.
    document.documentElement.dataset.theme = this.theme;
    this.dispatchEvent(new Event("change"));
  }
}
