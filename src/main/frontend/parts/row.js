// How one line of a conversation looks.
import { html, nothing } from "lit";
import { formatted } from "./formatted.js";
import { icon } from "./icons.js";
import { hueOf, initials } from "./look.js";
import { sameDay, together } from "./timeline.js";

/**
 * @typedef {object} Setting what a row looks like besides its entry
 * @property {import("./words.js").Words} words
 * @property {string} me what the reader is called
 * @property {number} divider the `seq` above which all is new, or -1
 * @property {boolean} readonly
 * @property {(seq: number) => import("./timeline.js").Entry | undefined} quoted
 */

/**
 * What the row depends on: as long as it is the same, so is the row.
 *
 * @param {import("./timeline.js").Entry} entry @param {import("./timeline.js").Entry | undefined} before @param {Setting} setting
 */
export function signature(entry, before, setting) {
  const quoted = entry.replyTo === undefined ? undefined : setting.quoted(entry.replyTo);
  return `${entry.revision} ${entry.seq} ${headless(entry, before, setting)} ${newDay(entry, before)} ${firstNew(entry, before, setting)} ${quoted?.revision}`
    + ` ${setting.words.language} ${setting.me} ${setting.readonly}`;
}

function newDay(entry, before) {
  return !before || !sameDay(before.at, entry.at);
}

function firstNew(entry, before, { divider }) {
  return divider >= 0 && !entry.own && entry.seq > divider && (before === undefined || before.seq === undefined || before.seq <= divider || before.own);
}

function headless(entry, before, setting) {
  return together(before, entry) && !newDay(entry, before) && !firstNew(entry, before, setting);
}

/** @param {import("./timeline.js").Entry} entry @param {import("./timeline.js").Entry | undefined} before @param {Setting} setting */
export function row(entry, before, setting) {
  return html`
    ${newDay(entry, before) ? html`<div class="day"><span>${setting.words.day(entry.at)}</span></div>` : nothing}
    ${firstNew(entry, before, setting) ? html`<div class="divider"><span>${setting.words.say("new")}</span></div>` : nothing}
    ${entry.kind === "message" ? message(entry, headless(entry, before, setting), setting)
      : html`<div class="note" role="article" tabindex="-1"><bdi>${noteText(entry, setting.words)}</bdi></div>`}`;
}

function message(entry, headlessly, setting) {
  const { words } = setting;
  const name = entry.own ? words.say("you") : entry.username ?? "";
  return html`
    <div role="article" tabindex="-1" part="message ${entry.own ? "own" : "other"}" data-seq=${entry.seq ?? nothing}
         class="line hue${hueOf(entry.userId ?? entry.username ?? "")} ${entry.own ? "own" : ""} ${headlessly ? "headless" : ""} ${entry.state ?? ""} ${entry.action ? "action" : ""}">
      ${entry.own ? nothing : html`<span class="avatar" aria-hidden="true">${headlessly ? nothing : initials(entry.username ?? "?")}</span>`}
      <div class="bubble">
        <span class=${headlessly || entry.own ? "unseen" : "name"}><bdi>${name}</bdi></span>
        ${entry.replyTo === undefined || entry.deleted ? nothing : quote(entry.replyTo, setting)}
        ${entry.deleted ? html`<span class="gone">${words.say("deleted")}</span>`
          : entry.action ? html`<div class="content" dir="auto"><em><bdi>${entry.username}</bdi> ${formatted(entry.content ?? "", setting.me)}</em></div>`
          : html`<div class="content" dir="auto">${formatted(entry.content ?? "", setting.me)}</div>`}
        <span class="meta"><time datetime=${entry.at.toISOString()} title=${words.moment(entry.at)}>${words.time(entry.at)}</time>${entry.own ? state(entry, words) : nothing}</span>
        ${entry.state === "failed" ? failure(entry, words) : nothing}
      </div>
      ${entry.seq === undefined ? nothing : html`
        <span class="tools">
          ${setting.readonly || entry.deleted ? nothing : html`<button class="round" tabindex="-1" data-do="reply" title=${words.say("reply")} aria-label=${words.say("reply")}>${flipped("reply")}</button>`}
          <button class="round" tabindex="-1" data-do="menu" title=${words.say("more")} aria-label=${words.say("more")} aria-haspopup="menu">${icon("more")}</button>
        </span>`}
    </div>`;
}

function flipped(name) {
  return html`<span class="flip">${icon(name)}</span>`;
}

function state(entry, words) {
  const shown = { sending: "clock", sent: "check", failed: "alert" }[entry.state ?? "sent"];
  return html`<span class="state" title=${words.say("state." + (entry.state ?? "sent"))}>${icon(shown)}<span class="unseen">${words.say("state." + (entry.state ?? "sent"))}</span></span>`;
}

function failure(entry, words) {
  return html`
    <span class="failure">
      <span>${entry.problem ?? words.say("state.failed")}</span>
      <button data-do="retry">${words.say("retry")}</button>
      <button data-do="discard">${words.say("discard")}</button>
    </span>`;
}

function quote(seq, { words, quoted }) {
  const of = quoted(seq);
  return html`
    <button class="quote hue${hueOf(of?.userId ?? "")}" tabindex="-1" data-do="jump" data-to=${seq}>
      ${of ? html`<span class="name"><bdi>${of.own ? words.say("you") : of.username}</bdi></span><span class="said" dir="auto">${of.deleted ? words.say("deleted") : firstLine(of.content ?? "")}</span>`
        : html`<span class="said">${words.say("earlier")}</span>`}
    </button>`;
}

/** The beginning of what was said, on one line. @param {string} content */
export function firstLine(content) {
  const plain = content.replace(/\*+|`+/g, "").trim();
  return plain.length > 200 ? plain.slice(0, 200) + " …" : plain;
}

/** @param {import("./timeline.js").Entry} entry @param {import("./words.js").Words} words */
export function noteText(entry, words) {
  if (entry.kind === "note") return words.say(entry.note.key, entry.note.values);
  return ["joined", "left", "passed", "back"]
    .map((what) => [what, [...entry.people].filter(([, did]) => did === what).map(([name]) => name)])
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => words.say("people." + what, { n: names.length, names: names.length > 5
      ? words.list([...names.slice(0, 4), words.say("others", { n: names.length - 4 })]) : words.list(names) }))
    .join(" · ");
}
