// The words of the interface in one language, and its way with numbers and times.

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** The languages that there are messages for; the first is for everybody else. */
export const LANGUAGES = ["en", "de", "es", "ar"];

/** The best of our languages for somebody. @param {readonly string[]} wanted as `navigator.languages` */
export function bestLanguage(wanted) {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0];
    if (LANGUAGES.includes(language)) return language;
  }
  return LANGUAGES[0];
}

export class Words {
  /** @type {string} */ language;
  /** @type {"ltr" | "rtl"} */ direction;
  #table;
  #plural;
  #formats = new Map();

  /**
   * @param {string} language
   * @param {Record<string, string | Record<string, string>>} table key to sentence; a sentence that counts has one for each plural
   */
  constructor(language, table) {
    this.language = language;
    this.direction = RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr";
    this.#table = table;
    this.#plural = new Intl.PluralRules(language);
  }

  /** The sentence, with `{name}` replaced. `n` also chooses the plural. @param {string} key @param {Record<string, unknown>} [values] */
  say(key, values) {
    let sentence = this.#table[key];
    if (sentence === undefined) return key;
    if (typeof sentence !== "string") sentence = sentence[this.#plural.select(Number(values?.n))] ?? sentence.other;
    return values
      ? sentence.replace(/\{(\w+)\}/g, (_, name) => {
          const value = values[name];
          return typeof value === "number" ? this.number(value) : String(value ?? "");
        })
      : sentence;
  }

  has(key) {
    return key in this.#table;
  }

  /** @param {number} n */
  number(n) {
    return this.#format("n", () => new Intl.NumberFormat(this.language)).format(n);
  }

  /** Hours and minutes. @param {Date} date */
  time(date) {
    return this.#format("t", () => new Intl.DateTimeFormat(this.language, { timeStyle: "short" })).format(date);
  }

  /** Day and time in full. @param {Date} date */
  moment(date) {
    return this.#format("m", () => new Intl.DateTimeFormat(this.language, { dateStyle: "full", timeStyle: "short" })).format(date);
  }

  /** Day and time, short. @param {Date} date */
  shortMoment(date) {
    return this.#format("s", () => new Intl.DateTimeFormat(this.language, { dateStyle: "short", timeStyle: "medium" })).format(date);
  }

  /** Today, yesterday, or the date. @param {Date} date @param {Date} [now] */
  day(date, now = new Date()) {
    const days = Math.round((midnight(date) - midnight(now)) / 86_400_000);
    if (days === 0 || days === -1) {
      return this.#format("r", () => new Intl.RelativeTimeFormat(this.language, { numeric: "auto" })).format(days, "day");
    }
    const sameYear = date.getFullYear() === now.getFullYear();
    return this.#format("d" + sameYear, () => new Intl.DateTimeFormat(this.language,
      { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) })).format(date);
  }

  /** "ann, bob and carol". @param {string[]} names */
  list(names) {
    return this.#format("l", () => new Intl.ListFormat(this.language)).format(names);
  }

  #format(key, make) {
    if (!this.#formats.has(key)) this.#formats.set(key, make());
    return this.#formats.get(key);
  }
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
