// Keeps few rows of a long list in the page: those around what is being read. Holds still what is read, whatever comes in around it.

/** As many rows as are in the page at most. */
export const MOST_ROWS = 300;
const STEP = 80;
/** Pixels: closer to the end than this is at the end. */
const NEAR = 48;
/** Pixels: closer to an end of the rows than this, more are put in. */
const SOON = 900;

/**
 * @template {object} E
 */
export class RowWindow {
  #scroller;
  #holder;
  #show;
  /** @type {E[]} */ #entries = [];
  #length = 0;
  /** @type {Map<E, HTMLElement>} */ #rows = new Map();
  /** @type {Map<HTMLElement, E>} */ #shown = new Map();
  #first = 0;
  #last = 0;
  /** @type {E | undefined} */ #firstShown;
  /** Whether the reader is at the end, and goes on with it. */
  atEnd = true;

  /**
   * @param {HTMLElement} scroller @param {HTMLElement} holder in it, whose children the rows are
   * @param {(row: HTMLElement, entry: E, before: E | undefined) => void} show called for each row and each sync; shall do little if nothing has changed
   */
  constructor(scroller, holder, show) {
    this.#scroller = scroller;
    this.#holder = holder;
    this.#show = show;
  }

  /** Whether the newest entry has a row. */
  get reachesEnd() {
    return this.#last >= this.#entries.length;
  }

  /** Whether the oldest entry has a row. */
  get reachesStart() {
    return this.#first === 0;
  }

  /** @param {E} entry @returns {HTMLElement | undefined} */
  rowOf(entry) {
    return this.#rows.get(entry);
  }

  /** @param {Element} row @returns {E | undefined} */
  entryOf(row) {
    return this.#shown.get(/** @type {HTMLElement} */ (row));
  }

  /** Shows what the entries are now. */
  sync(entries) {
    const grownTo = this.#last === this.#length;
    // Of its own: what changes until the next sync is not shown yet.
    this.#entries = entries.slice();
    const before = this.#firstShown && !this.atEnd ? entries.indexOf(this.#firstShown) : -1;
    if (this.atEnd || before < 0) {
      this.#last = entries.length;
      this.#first = Math.max(0, this.#last - (this.atEnd ? MOST_ROWS : STEP * 2), this.atEnd ? Math.min(this.#first, this.#last - STEP) : 0);
    } else {
      const size = this.#last - this.#first;
      this.#first = before;
      this.#last = Math.min(entries.length, before + (grownTo ? MOST_ROWS : size));
    }
    this.#length = entries.length;
    this.#lay();
    // Whoever is at the very top already cannot scroll any further to ask for them.
    if (!this.atEnd) this.#reachUp();
  }

  #reachUp() {
    const wanted = this.#scroller.scrollTop < SOON && this.#first > 0;
    if (wanted) {
      this.#first = Math.max(0, this.#first - STEP);
      this.#last = Math.min(this.#last, this.#first + MOST_ROWS);
      this.#lay();
    }
    return wanted;
  }

  /** Another list of entries begins: at its end. */
  restart() {
    this.atEnd = true;
    this.#first = this.#last = this.#length = 0;
    this.#firstShown = undefined;
    this.#rows.clear();
    this.#shown.clear();
    this.#holder.replaceChildren();
  }

  /** To be called when the reader has scrolled. */
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    this.atEnd = this.reachesEnd && below < NEAR;
    if (!this.#reachUp() && below < SOON && !this.reachesEnd) {
      this.#last = Math.min(this.#entries.length, this.#last + STEP);
      this.#first = Math.max(this.#first, this.#last - MOST_ROWS);
      this.#lay();
    }
  }

  /** Whether older entries than there are will be wanted soon. */
  get wantsOlder() {
    return this.#first === 0 && this.#scroller.scrollTop < SOON;
  }

  toEnd() {
    this.atEnd = true;
    this.#first = Math.max(0, this.#entries.length - STEP * 2);
    this.sync(this.#entries);
  }

  /** Stays at the end if that is where the reader is: something has changed its height. */
  settle() {
    if (this.atEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** Puts an entry in the middle of the view. @param {E} entry @returns {HTMLElement | undefined} its row */
  reveal(entry) {
    const index = this.#entries.indexOf(entry);
    if (index < 0) return undefined;
    if (index < this.#first || index >= this.#last) {
      this.#first = Math.max(0, index - STEP);
      this.#last = Math.min(this.#entries.length, index + STEP);
    }
    this.atEnd = false;
    this.#lay();
    const row = this.#rows.get(entry);
    row?.scrollIntoView({ block: "center" });
    this.scrolled();
    return row;
  }

  #lay() {
    const anchor = this.atEnd ? undefined : this.#anchor();
    const top = anchor?.getBoundingClientRect().top ?? 0;
    const wanted = this.#entries.slice(this.#first, this.#last);
    const stays = new Set(wanted);
    for (const [row, entry] of this.#shown) {
      if (stays.has(entry)) continue;
      row.remove();
      this.#shown.delete(row);
      this.#rows.delete(entry);
    }
    let next = this.#holder.firstChild;
    let before = this.#entries[this.#first - 1];
    for (const entry of wanted) {
      let row = this.#rows.get(entry);
      if (!row) {
        row = document.createElement("div");
        this.#rows.set(entry, row);
        this.#shown.set(row, entry);
      }
      this.#show(row, entry, before);
      if (row === next) next = row.nextSibling;
      else this.#holder.insertBefore(row, next);
      before = entry;
    }
    this.#firstShown = wanted[0];
    if (this.atEnd) this.settle();
    else if (anchor?.isConnected) this.#scroller.scrollTop += anchor.getBoundingClientRect().top - top;
  }

  // The first row that is in sight.
  #anchor() {
    const edge = this.#scroller.getBoundingClientRect().top;
    const rows = this.#holder.children;
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    return /** @type {HTMLElement | undefined} */ (rows[low]);
  }
}
