// The page at / begins here.
import { addIcons } from "../parts/icons.js";
import { ICONS } from "./icons.js";
import { loadWords } from "./language.js";
import { Preferences } from "./preferences.js";
import { ParlourApp } from "./app.js";

addIcons(ICONS);
const preferences = new Preferences();
const words = await loadWords(preferences.language);
const app = /** @type {ParlourApp} */ (document.createElement("parlour-app"));
app.preferences = preferences;
app.words = words;
document.body.replaceChildren(app);
