// Builds the widget (`npm run build`), or with --test bundles the tests for node's own runner.
import { build, transform } from "esbuild";
import { readFile, readdir, rm } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const minifiedCss = {
  name: "minified-css",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: css.code.trim(), loader: "text" };
    });
  },
};

const shared = { bundle: true, plugins: [minifiedCss], logLevel: "warning", legalComments: "none" };

async function widget() {
  const outfile = "dist/okienko.js";
  // ASCII output: a shop's page may be served in another charset than UTF-8.
  await build({ ...shared, entryPoints: ["src/index.ts"], outfile, format: "iife", target: "es2022", minify: true });
  const bytes = gzipSync(await readFile(outfile), { level: 9 }).length;
  console.log(`${outfile}: ${bytes} bytes gzip`);
  if (bytes > 15_000) throw new Error("The widget is over its budget of 15 kB gzip.");
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

await (process.argv.includes("--test") ? tests() : widget());
