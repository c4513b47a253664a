// Builds the browser part into target/web. Fetches what package-lock.json names, if it is not there.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const SOURCE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(SOURCE, "../../..");
const OUT = join(ROOT, "target/web");
const ASSETS = join(OUT, "assets");

/** Bytes after gzip: of what a page has to fetch before it shows something. */
const MOST = { "chat-client.js": 4_096, "chat-room.js": 20_480, "page.js": 45 * 1024 };

/** Takes the line ends and indentation out of templates, where they only cost bytes. */
const tidyTemplates = {
  name: "tidy-templates",
  setup(builder) {
    builder.onLoad({ filter: /frontend[\\/](parts|component|page)[\\/].*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/\bcss`([^`]*)`/g, (_, style) => "css`" + tidyStyle(style) + "`").replace(/>\s*\n\s*</g, "><").replace(/\n\s+(?=[@.?a-z-]+=[$"])/g, " "),
      loader: "js",
    }));
  },
};

fetchPackages();
const { build } = await import("esbuild");
rmSync(OUT, { recursive: true, force: true });
mkdirSync(ASSETS, { recursive: true });
await bundle("client/chat-client.js", "chat-client");
await bundle("component/chat-room.js", "chat-room");
await bundle("page/main.js", "page");
cpSync(join(SOURCE, "page/index.html"), join(OUT, "index.html"));
for (const file of ["page/page.css", "page/icon.svg"]) cpSync(join(SOURCE, file), join(ASSETS, file.split("/")[1]));
for (const file of readdirSync(ASSETS)) {
  if (/\.(js|css|svg)$/.test(file)) writeFileSync(join(ASSETS, file + ".gz"), gzipSync(readFileSync(join(ASSETS, file)), { level: 9 }));
}

function fetchPackages() {
  const wanted = join(ROOT, "package-lock.json");
  const got = join(ROOT, "node_modules/.package-lock.json");
  if (existsSync(got) && statSync(got).mtimeMs >= statSync(wanted).mtimeMs) return;
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: ROOT, stdio: "inherit", shell: process.platform === "win32" });
  if (npm.status !== 0) fail("npm could not fetch what package-lock.json names: see above.");
}

async function bundle(entry, name) {
  const { metafile } = await build({
    entryPoints: { [name]: join(SOURCE, entry) },
    outdir: ASSETS,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: ["chrome123", "firefox128", "safari17.5"],
    chunkNames: "[name]-[hash]",
    legalComments: "none",
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    logLevel: "warning",
    plugins: [tidyTemplates],
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [join(process.cwd(), path), output]));
  const size = weigh(join(ASSETS, name + ".js"), outputs, new Set());
  console.log(`${name}.js ${size} bytes`);
  if (size > MOST[name + ".js"]) fail(`${name}.js has ${size} bytes after gzip; ${MOST[name + ".js"]} are allowed.`);
}

// What is imported at once counts, what is fetched later does not.
function weigh(file, outputs, seen) {
  if (seen.has(file)) return 0;
  seen.add(file);
  const further = outputs.get(file).imports.filter((one) => one.kind === "import-statement");
  return gzipSync(readFileSync(file), { level: 9 }).length
    + further.reduce((sum, one) => sum + weigh(join(process.cwd(), one.path), outputs, seen), 0);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function tidyStyle(style) {
  return style.replace(/\s+/g, " ").replace(/ ?([{};,]) ?/g, "$1").replace(/: /g, ":").replace(/;\}/g, "}").trim();
}
