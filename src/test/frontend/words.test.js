import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { bestLanguage, LANGUAGES, Words } from "../../main/frontend/parts/words.js";

const SOURCE = new URL("../../main/frontend/", import.meta.url);
const read = (path) => readFileSync(new URL(path, SOURCE), "utf8");
const table = (folder, language) => JSON.parse(read(`${folder}/lang/${language}.json`));
const values = (sentence) => [...new Set(JSON.stringify(sentence).match(/\{\w+\}/g) ?? [])].sort();

for (const folder of ["parts", "page"]) {
  const english = table(folder, "en");
  for (const language of LANGUAGES.slice(1)) {
    test(`${folder}: nothing is missing and nothing is left over in ${language}`, () => {
      assert.deepEqual(Object.keys(table(folder, language)).sort(), Object.keys(english).sort());
    });

    test(`${folder}: every sentence in ${language} has the plurals of its language, and no value that English has not`, () => {
      const plurals = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, sentence] of Object.entries(table(folder, language))) {
        if (typeof sentence !== "string" && language !== "es") assert.deepEqual(Object.keys(sentence).sort(), [...plurals].sort(), key);
        for (const value of values(sentence)) assert.ok(values(english[key]).includes(value) || value === "{names}", `${key} ${value}`);
      }
    });
  }
}

test("every sentence that the code asks for by name is there", () => {
  const files = ["parts", "page", "page/dialogs", "component"].flatMap((folder) => readdirSync(new URL(folder, SOURCE)).filter((name) => name.endsWith(".js")).map((name) => `${folder}/${name}`));
  const known = { ...table("parts", "en"), ...table("page", "en") };
  const asked = files.flatMap((file) => [...read(file).matchAll(/words\.say\("([\w.]+)"[,)]/g)].map(([, key]) => key));
  assert.ok(asked.length > 100);
  assert.deepEqual(asked.filter((key) => !(key in known)), []);
});

test("the best language is the first that we have", () => {
  assert.equal(bestLanguage(["fr-CA", "de-AT", "en"]), "de");
  assert.equal(bestLanguage(["tlh"]), "en");
});

test("sentences count by the rules of their language", () => {
  const words = new Words("ar", table("parts", "ar"));
  assert.equal(words.direction, "rtl");
  assert.equal(words.say("fresh", { n: 2 }), "رسالتان جديدتان");
  assert.equal(new Words("en", { a: "{x} and {y}" }).say("a", { x: 1_000, y: "<b>" }), "1,000 and <b>");
});
