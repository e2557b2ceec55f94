// Bundles the islands into the Python package, and writes down which sources the bundles were made from.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const HERE = new URL("./", import.meta.url);
const SERVE = new URL("../src/dragoman/serve/", HERE);
const ISLANDS = ["charts", "map", "network"];

await build({
  entryPoints: ISLANDS.map((name) => new URL(`src/${name}.ts`, HERE).pathname),
  outdir: new URL("static/islands/", SERVE).pathname,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  banner: { js: "// Dragoman, Apache-2.0; parts are by others: see static/islands/LICENSES.txt" },
  logLevel: "warning",
});

/** Licences of the packages that the bundles hold parts of. */
function licences() {
  const lock = JSON.parse(readFileSync(new URL("package-lock.json", HERE), "utf8"));
  const shipped = Object.entries(lock.packages)
    .filter(([path, p]) => path && !p.dev && !path.includes("@types/"))
    .map(([path, p]) => ({ path, name: path.replace(/^.*node_modules\//, ""), version: p.version }));
  shipped.push({ path: "node_modules/world-atlas", name: "world-atlas (map data: Natural Earth, public domain)", version: "2.0.2" });
  return shipped.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ path, name, version }) => {
    const folder = new URL(`${path}/`, HERE);
    const file = readdirSync(folder).find((f) => /^licen[sc]e/i.test(f));
    const text = file ? readFileSync(new URL(file, folder), "utf8").trim() : JSON.parse(readFileSync(new URL("package.json", folder))).license;
    return `== ${name} ${version}\n\n${text}\n`;
  }).join("\n");
}
writeFileSync(new URL("static/islands/LICENSES.txt", SERVE), licences());

/** The digest that tests/serve/test_islands.py computes too: every source by name and content. */
const sources = [
  ...["build.mjs", "package.json", "package-lock.json", "tsconfig.json", "world.mjs"].map((f) => `islands/${f}`),
  ...readdirSync(new URL("src/", HERE)).map((f) => `islands/src/${f}`),
  "src/dragoman/serve/data/contested.tsv",
].sort();
const digest = createHash("sha256");
for (const name of sources) digest.update(name).update("\0").update(readFileSync(new URL(`../${name}`, HERE))).update("\0");
const made = [...ISLANDS.map((n) => `static/islands/${n}.js`), "static/islands/LICENSES.txt", "static/world.svg", "data/world.json"];
const files = Object.fromEntries(made.map((f) => [f, createHash("sha256").update(readFileSync(new URL(f, SERVE))).digest("hex")]));
writeFileSync(new URL("data/islands.json", SERVE), JSON.stringify({ sources: digest.digest("hex"), files }, null, 1) + "\n");
