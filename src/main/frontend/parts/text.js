// What people type, read into a tree: bold, italic, code, quotes, links, mentions. Never into HTML.

/**
 * @typedef {{kind: "text", text: string}
 *   | {kind: "code", text: string}
 *   | {kind: "link", text: string, href: string}
 *   | {kind: "mention", text: string, me: boolean}
 *   | {kind: "bold" | "italic", parts: Inline[]}} Inline
 * @typedef {{kind: "text" | "quote", parts: Inline[]} | {kind: "code", text: string}} Block
 */

const FENCE = "```";
const WORD = /[\p{L}\p{M}\p{N}]/u;
const SPACE = /\s/u;
const LINK = /https?:\/\/[^\s<>"]+/iy;
const MENTION = /@[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,31}[\p{L}\p{M}\p{N}_-])?/uy;
const DEEPEST = 3;

/**
 * @param {string} content as it came
 * @param {string} [me] what the reader is called, to tell its mentions
 * @returns {Block[]}
 */
export function parse(content, me = "") {
  const blocks = [];
  let rest = 0;
  for (;;) {
    const open = content.indexOf(FENCE, rest);
    const close = open < 0 ? -1 : content.indexOf(FENCE, open + FENCE.length);
    if (close < 0) break;
    lines(content.slice(rest, open).replace(/\n$/, ""), me, blocks);
    // A first line of one word is the name of a language, not code.
    const code = content.slice(open + FENCE.length, close).replace(/^[\w+#-]*\n/, "").replace(/\n$/, "");
    blocks.push({ kind: "code", text: code });
    rest = close + FENCE.length;
    if (content[rest] === "\n") rest++;
  }
  lines(content.slice(rest), me, blocks);
  return blocks;
}

/** Whether the text names somebody so called. @param {string} content @param {string} me */
export function mentions(content, me) {
  return me !== "" && parse(content, me).some((block) => "parts" in block && named(block.parts));
}

function named(parts) {
  return parts.some((part) => (part.kind === "mention" && part.me) || ("parts" in part && named(part.parts)));
}

function lines(text, me, blocks) {
  if (text === "") return;
  const runs = [];
  for (const line of text.split("\n")) {
    const quoted = /^> ?/.exec(line);
    const kind = quoted ? "quote" : "text";
    const said = quoted ? line.slice(quoted[0].length) : line;
    const last = runs.at(-1);
    if (last?.kind === kind) last.lines.push(said);
    else runs.push({ kind, lines: [said] });
  }
  for (const run of runs) blocks.push({ kind: run.kind, parts: inline(run.lines.join("\n"), me, 0) });
}

function inline(text, me, depth) {
  const parts = [];
  // Where no end was found for a mark there is none further on either: this keeps hostile text linear.
  const hopeless = new Set();
  let plain = 0;
  let at = 0;
  const found = (part, end) => {
    if (plain < at) parts.push({ kind: "text", text: text.slice(plain, at) });
    parts.push(part);
    plain = at = end;
  };
  while (at < text.length) {
    const char = text[at];
    const inWord = at > 0 && WORD.test(text[at - 1]);
    if (char === "`" && !hopeless.has("`")) {
      const end = text.indexOf("`", at + 1);
      if (end < 0) hopeless.add("`");
      else if (end > at + 1) {
        found({ kind: "code", text: text.slice(at + 1, end) }, end + 1);
        continue;
      }
    } else if ((char === "*" || char === "_") && !inWord && depth < DEEPEST) {
      const mark = text.startsWith(char + char, at) ? char + char : char;
      const end = hopeless.has(mark) ? -1 : closing(text, mark, at + mark.length);
      if (end < 0) {
        hopeless.add(mark);
        at += mark.length;
        continue;
      }
      const kind = mark.length === 2 ? "bold" : "italic";
      found({ kind, parts: inline(text.slice(at + mark.length, end), me, depth + 1) }, end + mark.length);
      continue;
    } else if ((char === "h" || char === "H") && !inWord) {
      const link = linkAt(text, at);
      if (link) {
        found({ kind: "link", text: link, href: link }, at + link.length);
        continue;
      }
    } else if (char === "@" && !inWord) {
      const name = nameAt(text, at, me);
      if (name) {
        found({ kind: "mention", text: name, me: same(name.slice(1), me) }, at + name.length);
        continue;
      }
    }
    at++;
  }
  if (plain < text.length) parts.push({ kind: "text", text: text.slice(plain) });
  return parts;
}

// The mark that ends what begins at `from`: behind something that is no space, and before the end of the word.
function closing(text, mark, from) {
  if (from >= text.length || SPACE.test(text[from])) return -1;
  for (let end = text.indexOf(mark, from + 1); end >= 0; end = text.indexOf(mark, end + 1)) {
    const after = text[end + mark.length] ?? " ";
    if (!SPACE.test(text[end - 1]) && !WORD.test(after) && after !== mark[0]) return end;
  }
  return -1;
}

function linkAt(text, at) {
  LINK.lastIndex = at;
  let link = LINK.exec(text)?.[0];
  if (!link) return null;
  // What ends a sentence is no part of the address, nor a bracket that was opened before it.
  for (;;) {
    const last = link.at(-1);
    if (".,;:!?'*_`".includes(last) || (last === ")" && !link.includes("("))) link = link.slice(0, -1);
    else break;
  }
  return URL.canParse(link) ? link : null;
}

function nameAt(text, at, me) {
  const mine = text.slice(at + 1, at + 1 + me.length);
  if (me && same(mine, me) && !WORD.test(text[at + 1 + me.length] ?? " ")) return "@" + mine;
  MENTION.lastIndex = at;
  return MENTION.exec(text)?.[0] ?? null;
}

function same(one, other) {
  return one.normalize("NFC").toLowerCase() === other.normalize("NFC").toLowerCase();
}
