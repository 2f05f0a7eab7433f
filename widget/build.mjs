// Builds the widget (`npm run build`). With --check it fails if dist/ is not what the sources build;
// with --test it bundles the tests for node's own runner.
import { build, transform } from "esbuild";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

// The one sheet's own variables get one letter; those that a shop or the script sets keep their names.
function withShortNames(css) {
  const names = [...new Set(css.match(/--(?!okienko|view)[\w-]+/g))];
  const short = css.replace(/--(?!okienko|view)[\w-]+/g, (name) => `--${String.fromCharCode(97 + names.indexOf(name))}`);
  if (names.length > 26) throw new Error("The sheet has more variables than letters.");
  return short.replace(/(--[\w-]+): /g, "$1:").replace(/, /g, ",");
}

const minifiedCss = (shortened) => ({
  name: "minified-css",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      const text = css.code.trim();
      return { contents: shortened ? withShortNames(text) : text, loader: "text" };
    });
  },
});

// Two sheets that meet on a page share their variables, and so keep the names.
const shared = { bundle: true, plugins: [minifiedCss(false)], logLevel: "warning", legalComments: "none" };

// Long names inside the script that nobody outside it reads: no browser's, no wire's, no shop's.
const OWN_NAMES =
  "afterSeconds|aiBadge|askHuman|awaitingReply|conversationId|emailClose|emailInvalid|emailLabel|emailSubmit|emailTitle|" +
  "identityToken|isSending|launcherUnread|logEpoch|onFrame|onSession|onState|quickReply|rateAssistant|rateChange|" +
  "ratePerson|rateThanks|siteKey|toNewest|waitingClosed|withPerson";

const OUT = "dist/okienko.js";
const STATIC = "../server/pages/static";

// Write a file, or with `check` fail if it is not there just so.
async function keep(check, path, content) {
  if (!check) await writeFile(path, content);
  else if (!(await readFile(path)).equals(Buffer.from(content))) throw new Error(`${path} is stale: run make widget and commit it.`);
}

// What the pages of the shop's people take from here: the thread, and htmx as it is published, with its licence.
async function pages(check) {
  const options = { entryPoints: ["src/staff-thread.ts"], format: "iife", target: "es2022", minify: true, write: false };
  const { outputFiles } = await build({ ...shared, ...options });
  await keep(check, `${STATIC}/thread.js`, outputFiles[0].contents);
  const htmx = "node_modules/htmx.org";
  await keep(check, `${STATIC}/htmx.min.js`, await readFile(`${htmx}/dist/htmx.min.js`));
  await keep(check, `${STATIC}/htmx.LICENSE.txt`, await readFile(`${htmx}/LICENSE`));
}

async function widget(check) {
  // ASCII output: a shop's page may be served in another charset than UTF-8.
  const options = { entryPoints: ["src/index.ts"], format: "iife", target: "es2022", minify: true, write: false };
  const { outputFiles } = await build({ ...shared, plugins: [minifiedCss(true)], ...options, mangleProps: new RegExp(`^(?:${OWN_NAMES})$`) });
  const script = outputFiles[0].contents;
  const bytes = gzipSync(script, { level: 9 }).length;
  await keep(check, OUT, script);
  console.log(`${OUT}: ${bytes} bytes gzip`);
  // The split into a small loader and the chat comes later; until then one file carries both.
  if (bytes > 18_000) throw new Error("The widget is over its budget of 18 kB gzip.");
}

async function tests() {
  const outdir = "node_modules/.tests";
  await rm(outdir, { recursive: true, force: true });
  const files = (await readdir("test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...shared,
    entryPoints: files.map((name) => `test/${name}`),
    outdir,
    format: "esm",
    platform: "node",
    target: "node20",
    outExtension: { ".js": ".mjs" },
  });
}

const check = process.argv.includes("--check");
if (process.argv.includes("--test")) await tests();
else {
  await widget(check);
  await pages(check);
}
