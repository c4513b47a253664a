// The client library as a stranger gets it: packed, installed into an empty folder, imported, and used with its types.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import "./support/node-18.js";
import * as client from "../../main/frontend/client/chat-client.js";

const CLIENT = fileURLToPath(new URL("../../main/frontend/client/", import.meta.url));
const USER = fileURLToPath(new URL("types/", import.meta.url));
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");

let folder;
let packed;

before(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "chat-client-")));
  [packed] = JSON.parse(run(CLIENT, "npm", "pack", "--json", "--pack-destination", folder));
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}');
  run(folder, "npm", "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "./" + packed.filename);
});

after(() => rmSync(folder, { recursive: true, force: true }));

test("the package holds the library, its types and a word about it, and nothing else", () => {
  assert.deepEqual(packed.files.map(({ path }) => path).sort(), ["README.md", "chat-client.d.ts", "chat-client.js", "package.json"]);
});

test("it is imported by its name", () => {
  writeFileSync(join(folder, "use.js"), 'import * as all from "parlour-chat-client"; console.log(Object.keys(all).sort().join());');
  assert.equal(run(folder, process.execPath, "use.js").trim(), Object.keys(client).sort().join());
});

test("a strict program with it keeps its types", () => {
  cpSync(USER, folder, { recursive: true });
  run(folder, process.execPath, TSC, "--project", ".");
});

test("what the types promise is there", () => {
  const types = ts.createSourceFile("chat-client.d.ts", readFileSync(join(CLIENT, "chat-client.d.ts"), "utf8"), ts.ScriptTarget.Latest);
  const connection = client.connect({ WebSocket: class {}, server: "http://x/" });
  const made = {
    ChatConnection: connection,
    ChatRoom: connection.join("general"),
    ChatError: new client.ChatError({ message: "No.", code: "FORBIDDEN", retryable: false, retryAfterMs: 1, field: "to" }),
  };
  connection.close();
  const declared = types.statements.filter((one) => ts.isClassDeclaration(one) || ts.isFunctionDeclaration(one));
  assert.deepEqual(declared.map((one) => one.name.text).sort(), Object.keys(client).sort());
  for (const { name, members } of declared.filter(ts.isClassDeclaration)) {
    for (const member of members) {
      const key = ts.isComputedPropertyName(member.name) ? Symbol.asyncIterator : member.name.text;
      assert.ok(key in made[name.text], `${name.text}.${String(key)}`);
    }
  }
});

function run(cwd, command, ...given) {
  // npm is a script on Windows, which takes a shell.
  const { status, stdout, stderr, error } = spawnSync(command, given, { cwd, encoding: "utf8", timeout: 120_000, shell: process.platform === "win32" && command === "npm" });
  assert.equal(status, 0, `${command} ${given.join(" ")}: ${error ?? ""}\n${stdout}\n${stderr}`);
  return stdout;
}
