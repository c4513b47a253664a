import assert from "node:assert/strict";
import { test } from "node:test";
import { mentions, parse } from "../../main/frontend/parts/text.js";

const plain = (text) => [{ kind: "text", parts: [{ kind: "text", text }] }];
const inline = (text, me) => parse(text, me)[0].parts;

test("plain text stays as it is, whatever it looks like", () => {
  for (const text of ["hello", "<b>hi</b>", "a * b * c", "snake_case_name", "2 * 3", "**", "``", "&amp;", "javascript:alert(1)"]) {
    assert.deepEqual(parse(text), plain(text));
  }
});

test("marks make bold, italic and code", () => {
  assert.deepEqual(inline("**a** *b* _c_ `d`").filter((part) => part.kind !== "text").map((part) => part.kind), ["bold", "italic", "italic", "code"]);
  assert.deepEqual(inline("**a *b* c**")[0].parts.map((part) => part.kind), ["text", "italic", "text"]);
  assert.equal(inline("`*a*`")[0].text, "*a*");
});

test("only http and https become links, and a sentence's end is no part of them", () => {
  assert.deepEqual(inline("see https://example.org/a_(b).")[1], { kind: "link", text: "https://example.org/a_(b)", href: "https://example.org/a_(b)" });
  assert.equal(inline("(http://a.b/c)")[1].href, "http://a.b/c");
  for (const text of ["javascript://x", "data:text/html,x", "xhttps://a.b", "https://"]) assert.equal(inline(text)[0].kind, "text");
});

test("fences make blocks of code, and > quotes", () => {
  assert.deepEqual(parse("a\n```js\nlet x;\n```\nb"), [...plain("a"), { kind: "code", text: "let x;" }, ...plain("b")]);
  assert.deepEqual(parse("> q\nr").map((block) => block.kind), ["quote", "text"]);
  assert.deepEqual(parse("```open").map((block) => block.kind), ["text"]);
});

test("mentions are seen, one's own also with spaces and in any case", () => {
  assert.equal(mentions("hi @Ann Lee!", "ann lee"), true);
  assert.equal(mentions("hi **@ann**", "ann"), true);
  assert.equal(mentions("mail ann@ann.org `@ann`", "ann"), false);
  assert.equal(mentions("@anna", "ann"), false);
});

test("hostile text takes no long time", () => {
  for (const text of ["*", "**a", "_ ", "`", "[(", "@", "h", "https://a ", "> ", "**_*", "*a "]) {
    const hostile = text.repeat(Math.floor(4000 / text.length));
    const times = [1, 2, 3, 4, 5].map(() => {
      const begun = performance.now();
      parse(hostile, "ann");
      return performance.now() - begun;
    });
    assert.ok(Math.min(...times) < 50, `${JSON.stringify(text)} ${times}`);
  }
});
