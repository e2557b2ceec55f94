// Draws the world once, at build time: borders of world-atlas (Natural Earth 1:50m) in the Equal Earth projection as one
// SVG whose parts the server's maps `use`, and world.json with what Python needs to put points onto it.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import countries from "i18n-iso-countries";
import { feature, merge, mesh } from "topojson-client";
import { presimplify, quantile, simplify, sphericalTriangleArea } from "topojson-simplify";

const require = createRequire(import.meta.url);
const SERVE = new URL("../src/dragoman/serve/", import.meta.url);
const WIDTH = 10000; // units; one is about 4 km at the equator, finer than the 1:50m lines
const MERIDIAN = 11; // degrees east in the middle, so that the cut falls into the Bering Strait
const SOUTH = -57; // degrees; Antarctica is left out
const FLATTENED = 0.3; // the share of points left out, those first that change the lines least
const UNNUMBERED = { Somaliland: "SML", Kosovo: "XKX", "N. Cyprus": "NCY", "Siachen Glacier": "SIA" };

const weighed = presimplify(require("world-atlas/countries-50m.json"), sphericalTriangleArea);
const topology = simplify(weighed, quantile(weighed, FLATTENED));
const all = topology.objects.countries;
all.geometries = all.geometries.filter((g) => g.properties.name !== "Antarctica");
const code = (g) => UNNUMBERED[g.properties.name] ?? countries.numericToAlpha3(g.id) ?? "";
const contested = readFileSync(new URL("data/contested.tsv", SERVE), "utf8").trim().split("\n").slice(1)
  .map((line) => line.split("\t"))
  .flatMap(([, borders, ...box]) =>
    borders.split(" ").filter(Boolean).map((b) => ({ pair: b.split("-").sort().join(), box: box.slice(0, 4).map(Number) })));

const projection = geoEqualEarth().rotate([-MERIDIAN, 0]).fitWidth(WIDTH, { type: "Sphere" });
const height = Math.round(projection([MERIDIAN, SOUTH])[1]);
const path = geoPath(projection).digits(0);

/** A path of whole numbers, relative and without steps of no length. */
function compact(d) {
  let out = "", at = [0, 0];
  for (const ring of d.split("M").slice(1)) {
    const closed = ring.endsWith("Z");
    const points = ring.replace("Z", "").split("L").map((p) => p.split(",").map(Number));
    const steps = [];
    let here = at;
    for (const [i, p] of points.entries()) {
      const step = [p[0] - here[0], p[1] - here[1]];
      if (i && !step[0] && !step[1]) continue;
      steps.push(step);
      here = p;
    }
    if (steps.length < 2 && !closed) continue;
    if (steps.length < 3 && closed) steps.splice(1, 2, [1, 0], [0, 1], [-1, 0]); // an islet: a dot rather than nothing
    out += "m" + steps.flat().join(" ").replaceAll(" -", "-") + (closed ? "z" : "");
    at = closed ? points[0] : here;
  }
  return out;
}

/** Cuts each line into the runs inside and outside of the boxes. */
function split(lines, boxes) {
  const runs = { inside: [], outside: [] };
  const within = ([x, y]) => boxes.some(([w, s, e, n]) => x >= w && x <= e && y >= s && y <= n);
  for (const line of lines) {
    let run = [line[0]], inside = within(line[0]);
    for (const point of line.slice(1)) {
      const now = within(point);
      run.push(point);
      if (now !== inside) {
        runs[inside ? "inside" : "outside"].push(run);
        run = [point];
        inside = now;
      }
    }
    if (run.length > 1) runs[inside ? "inside" : "outside"].push(run);
  }
  return runs;
}

const pairOf = (a, b) => [code(a), code(b)].sort().join();
const settled = mesh(topology, all, (a, b) => a !== b && !contested.some((c) => c.pair === pairOf(a, b))).coordinates;
const disputed = [];
for (const { pair, box } of new Map(contested.map((c) => [c.pair, c])).values()) {
  const boxes = contested.filter((c) => c.pair === pair).map((c) => c.box);
  const lines = mesh(topology, all, (a, b) => a !== b && pairOf(a, b) === pair).coordinates;
  if (!lines.length) throw new Error(`contested.tsv names ${pair}, but the atlas has no such border`);
  const runs = split(lines, boxes);
  if (!runs.inside.length) throw new Error(`no part of the border ${pair} lies in its box ${box}`);
  disputed.push(...runs.inside);
  settled.push(...runs.outside);
}

const lines = (coordinates) => compact(path({ type: "MultiLineString", coordinates }) ?? "");
const land = compact(path(merge(topology, all.geometries)));
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}"><path id="land" d="${land}"/>`
  + `<path id="borders" vector-effect="non-scaling-stroke" d="${lines(settled)}"/><path id="contested" vector-effect="non-scaling-stroke" d="${lines(disputed)}"/></svg>\n`;
writeFileSync(new URL("static/world.svg", SERVE), svg);

/** Where to put what is only known to be somewhere in a country: the middle of its largest piece. */
function middle(geometry) {
  const shape = feature(topology, geometry).geometry;
  const pieces = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  const largest = pieces.map((coordinates) => ({ type: "Polygon", coordinates })).sort((a, b) => geoArea(b) - geoArea(a))[0];
  return geoCentroid(largest).map((degrees) => Number(degrees.toFixed(2)));
}
const middles = all.geometries.filter(code).map((g) => [code(g), middle(g)]).sort(([a], [b]) => (a < b ? -1 : 1));
const [x, y] = projection.translate();
const world = { width: WIDTH, height, meridian: MERIDIAN, scale: projection.scale(), x, y, middles: Object.fromEntries(middles) };
writeFileSync(new URL("data/world.json", SERVE), JSON.stringify(world).replaceAll("],", "],\n").replace("{\"AFG", "{\n\"AFG") + "\n");
