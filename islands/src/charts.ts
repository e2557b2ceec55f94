// Months of cooperation and conflict as bars up and down, and events as dots in time. Dragging over the months sets
// `since` and `until` in the page's address; the page comes back narrowed.
import * as Plot from "@observablehq/plot";
import { brushX, type D3BrushEvent } from "d3-brush";
import { select } from "d3-selection";
import { address, canvas, count, load, start, Tip, type Period } from "./page.js";

interface Bar {
  month: Date;
  kind: "material cooperation" | "verbal cooperation" | "verbal conflict" | "material conflict";
  value: number;
}

interface Dot {
  id: string;
  date: string;
  day: string;
  event_type: string;
  quad_class: number;
  status: string;
  summary: string;
}

const KINDS = {
  material_cooperation: ["material cooperation", 1, "var(--q2)"],
  verbal_cooperation: ["verbal cooperation", 1, "var(--q1)"],
  material_conflict: ["material conflict", -1, "var(--q4)"],
  verbal_conflict: ["verbal conflict", -1, "var(--q3)"],
} as const;
const QUADS = ["var(--q1)", "var(--q2)", "var(--q3)", "var(--q4)"];
const FEWEST = 12; // months that a chart has room for, so that a single one is no wall
const DONE = new Set(["occurred", "ongoing"]);

const monthOf = (period: string): Date => new Date(`${period}-01T00:00:00Z`);
const addMonths = (month: Date, n: number): Date => new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + n, 1));
const nextMonth = (month: Date): Date => addMonths(month, 1);
const yearMonth = (day: Date): string => day.toISOString().slice(0, 7);

/**
 * Plot puts its few rules into a <style> of its own, which the page's security policy forbids; atlas.css has them. It
 * also names groups that have no role, and the shapes inside links rather than the links.
 */
function adapted(plot: SVGSVGElement | HTMLElement, label: string): SVGSVGElement | HTMLElement {
  for (const sheet of plot.querySelectorAll("style")) sheet.remove();
  for (const group of plot.querySelectorAll("g[aria-label]")) {
    group.classList.add((group.getAttribute("aria-label") ?? "").replaceAll(/\W+/g, "-"));
    group.removeAttribute("aria-label");
  }
  const links = plot.querySelectorAll("a");
  for (const link of links) {
    const named = link.querySelector("[aria-label]");
    link.setAttribute("aria-label", named?.getAttribute("aria-label") ?? "");
    named?.removeAttribute("aria-label");
  }
  plot.setAttribute("role", links.length ? "group" : "img");
  plot.setAttribute("aria-label", label);
  return plot;
}

function bars(series: readonly Period[]): Bar[] {
  return series.flatMap((p) =>
    Object.entries(KINDS).map(([name, [kind, sign]]) => ({
      month: monthOf(p.period),
      kind,
      value: sign * p[name as keyof typeof KINDS],
    })),
  );
}

function months(series: readonly Period[], width: number, height: number, label: string): SVGSVGElement | HTMLElement {
  const data = bars(series).filter((b) => b.value);
  const spare = Math.max(0, FEWEST - series.length);
  const first = addMonths(monthOf(series[0]!.period), -Math.floor(spare / 2));
  const last = addMonths(monthOf(series.at(-1)!.period), 1 + Math.ceil(spare / 2));
  const up = Math.max(1, ...series.map((p) => p.material_cooperation + p.verbal_cooperation));
  const down = Math.max(1, ...series.map((p) => p.material_conflict + p.verbal_conflict));
  return adapted(
    Plot.plot({
      width,
      height,
      className: "plot",
      marginLeft: 44,
      marginRight: 8,
      marginTop: 20,
      x: { type: "utc", domain: [first, last], label: null, ...(series.length <= 18 ? { ticks: "month" } : {}) },
      y: {
        domain: [-down, up],
        grid: true,
        label: "↑ cooperation, ↓ conflict, events a month",
        labelAnchor: "top",
        labelArrow: "none",
        tickFormat: (v: number) => (Number.isInteger(v) ? String(Math.abs(v)) : ""),
        ticks: Math.min(Math.floor(height / 36), up + down),
      },
      color: { domain: Object.values(KINDS).map((k) => k[0]), range: Object.values(KINDS).map((k) => k[2]) },
      marks: [
        Plot.rectY(data, { x: "month", y: "value", fill: "kind", interval: "month", inset: 0, insetRight: 0.5, order: Object.values(KINDS).map((k) => k[0]) } as Plot.RectYOptions),
        Plot.ruleY([0], { stroke: "var(--ink)" }),
      ],
    }),
    label,
  );
}

function describe(p: Period): string[] {
  const parts = Object.entries(KINDS)
    .map(([name, [kind]]) => [kind, p[name as keyof typeof KINDS]] as const)
    .filter(([, n]) => n)
    .map(([kind, n]) => `${kind} ${n.toLocaleString("en")}`);
  return [p.period, count(p.events, "event"), ...parts];
}

/** Lets the reader drag over the months; what is chosen already is marked. */
function addBrush(plot: SVGSVGElement | HTMLElement, figure: HTMLElement, series: readonly Period[]): void {
  const svg = plot instanceof SVGSVGElement ? plot : plot.querySelector("svg");
  const scale = (plot as (SVGSVGElement | HTMLElement) & Plot.Plot).scale("x");
  if (!svg || !scale) return;
  const x = scale as unknown as { apply(d: Date): number; invert(n: number): Date; range: [number, number] };
  const [left, right] = x.range;
  const height = svg.viewBox.baseVal.height;
  const tip = new Tip(figure);
  const byMonth = new Map(series.map((p) => [p.period, p]));
  const brush = brushX<unknown>()
    .extent([[left, 20], [right, height - 28]])
    .on("end", (event: D3BrushEvent<unknown>) => {
      if (!event.sourceEvent) return;
      if (!event.selection) {
        if (figure.dataset["since"] || figure.dataset["until"]) location.assign(address({ since: null, until: null }));
        return;
      }
      const [from, to] = event.selection as [number, number];
      location.assign(address({ since: yearMonth(x.invert(from)), until: yearMonth(x.invert(Math.max(from, to - 0.5))) }));
    });
  const layer = select(svg).append("g").attr("class", "brush").call(brush);
  const { since, until } = figure.dataset;
  if (since || until) {
    const first = since ? monthOf(since.slice(0, 7).padEnd(7, "-01")) : x.invert(left);
    const last = until ? nextMonth(monthOf(until.length > 4 ? until.slice(0, 7) : `${until}-12`)) : x.invert(right);
    const within = (n: number): number => Math.min(right, Math.max(left, n));
    brush.move(layer, [within(x.apply(first)), within(x.apply(last))]);
  }
  layer
    .on("pointermove.tip", (event: PointerEvent) => {
      const [at] = [event.clientX - svg.getBoundingClientRect().left];
      const month = byMonth.get(yearMonth(x.invert((at * svg.viewBox.baseVal.width) / svg.getBoundingClientRect().width)));
      if (month) tip.show(describe(month), event);
      else tip.hide();
    })
    .on("pointerleave.tip", () => tip.hide());
}

function dots(events: readonly Dot[], width: number, label: string): SVGSVGElement | HTMLElement {
  const types = [...new Set(events.map((e) => e.event_type))].sort();
  const narrow = width < 600;
  return adapted(
    Plot.plot({
      width,
      height: 60 + 22 * types.length,
      className: "plot",
      marginLeft: narrow ? 78 : 100,
      marginRight: 12,
      x: { type: "utc", label: null, nice: true },
      y: { domain: types, label: null, tickSize: 0, tickFormat: (type: string) => type.charAt(0) + type.slice(1).toLowerCase() },
      symbol: { domain: ["done", "not done"], range: ["circle", "diamond"] },
      marks: [
        Plot.ruleY(types, { stroke: "var(--line)" }),
        Plot.dot(events, {
          x: (e: Dot) => new Date(`${e.day}T00:00:00Z`),
          y: "event_type",
          r: 4.5,
          symbol: (e: Dot) => (DONE.has(e.status) ? "done" : "not done"),
          fill: (e: Dot) => (DONE.has(e.status) ? QUADS[e.quad_class - 1] : "var(--panel)"),
          stroke: (e: Dot) => QUADS[e.quad_class - 1],
          strokeWidth: 1.5,
          href: (e: Dot) => `/events/${e.id}`,
          title: (e: Dot) => `${e.date} · ${e.event_type} · ${e.status}\n${e.summary}`,
          ariaLabel: (e: Dot) => `${e.date}, ${e.event_type}, ${e.status}: ${e.summary}`,
        }),
      ],
    }),
    label,
  );
}

/** Draws again when the figure's width changes by more than a scroll bar. */
function fit(figure: HTMLElement, draw: (width: number) => void): void {
  let drawn = 0;
  const redraw = (): void => {
    const width = Math.floor(figure.clientWidth);
    if (width && Math.abs(width - drawn) > 24) draw((drawn = width));
  };
  redraw();
  new ResizeObserver(redraw).observe(figure);
}


start("[data-chart]", async (figure) => {
  const label = figure.getAttribute("aria-label") ?? "Chart";
  const value = await load<{ series?: Period[]; events?: Dot[] }>(figure);
  const place = canvas(figure);
  if (figure.dataset["chart"] === "months") {
    const { first = "", last = "9" } = figure.dataset;
    const series = (value.series ?? []).filter((p) => p.period >= first && p.period <= last);
    if (!series.length) return;
    const height = Number(figure.dataset["height"] ?? 220);
    fit(figure, (width) => {
      const plot = months(series, width, height, label);
      place.replaceChildren(plot);
      if ("brush" in figure.dataset) addBrush(plot, figure, series);
    });
  } else {
    const { first = "", last = "9" } = figure.dataset;
    const events = (value.events ?? []).filter((e) => e.day && e.day.slice(0, 7) >= first && e.day.slice(0, 7) <= last);
    if (!events.length) return;
    fit(figure, (width) => place.replaceChildren(dots(events, width, label)));
  }
});
