// The words of the page: English comes along, another language is fetched.
import chatEnglish from "../parts/lang/en.json";
import pageEnglish from "./lang/en.json";
import { bestLanguage, Words } from "../parts/words.js";

const ENGLISH = { ...chatEnglish, ...pageEnglish };
const OTHERS = {
  de: () => Promise.all([import("../parts/lang/de.json"), import("./lang/de.json")]),
  es: () => Promise.all([import("../parts/lang/es.json"), import("./lang/es.json")]),
  ar: () => Promise.all([import("../parts/lang/ar.json"), import("./lang/ar.json")]),
};

/** Each language by its own name. */
export const NAMES = { en: "English", de: "Deutsch", es: "Español", ar: "العربية" };

/** @param {string} chosen a language, or "" for that of the browser @returns {Promise<Words>} */
export async function loadWords(chosen) {
  const language = bestLanguage(chosen ? [chosen] : navigator.languages);
  const tables = language === "en" ? [] : await OTHERS[language]();
  const words = new Words(language, Object.assign({}, ENGLISH, ...tables.map((table) => table.default)));
  document.documentElement.lang = language;
  document.documentElement.dir = words.direction;
  return words;
}
