// Who deals with whom, as a graph: cooperation and conflict told apart by colour and by the line's dashes. A click on an
// actor opens its dossier, a click on a line the page of the two.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";
import { EdgeRectangleProgram } from "sigma/rendering";
import { dashed } from "./dashed.js";
import { canvas, colour, count, load, onLooks, start, Tip } from "./page.js";

interface Node {
  id: string;
  label: string;
  events: number;
  href: string;
}

interface Edge {
  a: string;
  b: string;
  events: number;
  cooperation: number;
  conflict: number;
  sign: "cooperation" | "mixed" | "conflict";
  href: string;
}

interface Line {
  edge: Edge;
  size: number;
  type: Edge["sign"];
  color: string;
}

interface Point {
  node: Node;
  label: string;
  size: number;
  x: number;
  y: number;
  color: string;
}

const ROUNDS = 400; // of the layout; it is done before anything is drawn, so nothing moves by itself
const PADDING = 40; // pixels around the picture
const [LETTER, LINE] = [7, 20]; // pixels that a letter of a name takes, and a line of text

function graphOf(nodes: readonly Node[], edges: readonly Edge[]): Graph<Point, Line> {
  const graph = new Graph<Point, Line>({ type: "undirected", multi: false });
  const most = Math.max(1, ...nodes.map((n) => n.events));
  nodes.forEach((node, i) => {
    const angle = (2 * Math.PI * i) / nodes.length; // always the same start, so always the same picture
    graph.addNode(node.id, {
      node,
      label: node.label,
      size: 3 + 9 * Math.sqrt(node.events / most),
      x: Math.cos(angle),
      y: Math.sin(angle),
      color: "#888",
    });
  });
  const strongest = Math.max(1, ...edges.map((e) => e.events));
  for (const edge of edges) {
    if (!graph.hasNode(edge.a) || !graph.hasNode(edge.b) || graph.hasEdge(edge.a, edge.b)) continue;
    const size = 1 + 4 * Math.sqrt(edge.events / strongest);
    graph.addEdge(edge.a, edge.b, { edge, size, type: edge.sign, color: "#888" });
  }
  forceAtlas2.assign(graph, {
    iterations: ROUNDS,
    getEdgeWeight: (_, line) => Math.log2(1 + line.edge.events),
    settings: { ...forceAtlas2.inferSettings(graph), linLogMode: true, strongGravityMode: true, gravity: 0.08, scalingRatio: 6 },
  });
  return graph;
}

/** Moves nodes up or down until no name lies on another, in a picture of so many pixels. */
function part(graph: Graph<Point, Line>, width: number, height: number): void {
  const ids = graph.nodes();
  const extent = (axis: "x" | "y"): number => {
    const all = ids.map((id) => graph.getNodeAttribute(id, axis));
    return Math.max(1e-9, Math.max(...all) - Math.min(...all));
  };
  const pixels = Math.min((width - 2 * PADDING) / extent("x"), (height - 2 * PADDING) / extent("y"));
  const boxes = ids.map((id) => {
    const { x, y, size, label } = graph.getNodeAttributes(id);
    return { id, left: x * pixels - size, right: x * pixels + size + LETTER * label.length, y: y * pixels };
  });
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    boxes.forEach((one, i) => {
      for (const other of boxes.slice(i + 1)) {
        const apart = Math.abs(one.y - other.y);
        if (apart >= LINE || one.right < other.left || other.right < one.left) continue;
        const step = (LINE - apart) / 2 + 0.5;
        const sign = one.y >= other.y ? 1 : -1;
        one.y += sign * step;
        other.y -= sign * step;
        moved = true;
      }
    });
    if (!moved) break;
  }
  for (const { id, y } of boxes) graph.setNodeAttribute(id, "y", y / pixels);
}

function paint(graph: Graph<Point, Line>): void {
  const colours = { cooperation: colour("--q2"), conflict: colour("--q4"), mixed: colour("--mixed") };
  graph.forEachNode((id) => graph.setNodeAttribute(id, "color", colour("--ink")));
  graph.forEachEdge((id, line) => graph.setEdgeAttribute(id, "color", colours[line.type]));
}

/** A node's name on a rim of the paper's colour, which keeps it legible where lines run below it. */
function drawLabel(
  context: CanvasRenderingContext2D,
  data: { x: number; y: number; size: number; label: string | null },
  settings: { labelSize: number; labelFont: string; labelColor: { color?: string } },
): void {
  if (!data.label) return;
  const [x, y] = [data.x + data.size + 3, data.y + settings.labelSize / 3];
  context.font = `${settings.labelSize}px ${settings.labelFont}`;
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = colour("--panel");
  context.strokeText(data.label, x, y);
  context.fillStyle = settings.labelColor.color ?? colour("--ink");
  context.fillText(data.label, x, y);
}

function connect(sigma: Sigma<Point, Line>, graph: Graph<Point, Line>, figure: HTMLElement, tip: Tip): void {
  let near: Set<string> | null = null;
  const pale = (): string => colour("--line");
  const at = (event: { original: MouseEvent | TouchEvent }): { clientX: number; clientY: number } =>
    event.original instanceof MouseEvent ? event.original : (event.original.touches[0] ?? { clientX: 0, clientY: 0 });
  const focus = (kept: Set<string> | null, pointer = ""): void => {
    near = kept;
    figure.style.cursor = pointer;
    sigma.refresh({ skipIndexation: true });
  };
  sigma.setSetting("nodeReducer", (id, data) => (near && !near.has(id) ? { ...data, color: pale(), label: "" } : data));
  sigma.setSetting("edgeReducer", (id, data) =>
    near && !(near.has(graph.source(id)) && near.has(graph.target(id))) ? { ...data, color: pale() } : data,
  );
  sigma.on("enterNode", ({ node, event }) => {
    const { label, events } = graph.getNodeAttribute(node, "node");
    focus(new Set([node, ...graph.neighbors(node)]), "pointer");
    tip.show([label, count(events, "event")], at(event));
  });
  sigma.on("enterEdge", ({ edge, event }) => {
    const { a, b, events, cooperation, conflict } = graph.getEdgeAttribute(edge, "edge");
    focus(new Set([a, b]), "pointer");
    const names = [a, b].map((id) => graph.getNodeAttribute(id, "label")).join(" – ");
    tip.show([names, count(events, "event"), `cooperation ${cooperation}, conflict ${conflict}`], at(event));
  });
  for (const leave of ["leaveNode", "leaveEdge"] as const) {
    sigma.on(leave, () => {
      focus(null);
      tip.hide();
    });
  }
  sigma.on("clickNode", ({ node }) => location.assign(graph.getNodeAttribute(node, "node").href));
  sigma.on("clickEdge", ({ edge }) => location.assign(graph.getEdgeAttribute(edge, "edge").href));
}

start("[data-network]", async (figure) => {
  const { nodes, edges } = await load<{ nodes: Node[]; edges: Edge[] }>(figure);
  if (!nodes.length) return;
  const graph = graphOf(nodes, edges);
  paint(graph);
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("this browser has no WebGL");
  const place = canvas(figure);
  place.replaceChildren();
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", figure.getAttribute("aria-label") ?? "Network");
  figure.classList.add("drawn"); // gives the canvas its height, which sigma measures at once
  part(graph, place.clientWidth, place.clientHeight);
  const sigma = new Sigma<Point, Line>(graph, place, {
    defaultEdgeType: "mixed",
    edgeProgramClasses: { cooperation: EdgeRectangleProgram, conflict: dashed(6, 10), mixed: dashed(14, 18) } as never,
    enableEdgeEvents: true,
    defaultDrawNodeLabel: drawLabel as never,
    labelColor: { color: colour("--ink") },
    labelFont: getComputedStyle(figure).fontFamily,
    labelSize: 13,
    labelRenderedSizeThreshold: 3,
    labelDensity: 1.5,
    minEdgeThickness: 1.2,
    stagePadding: PADDING,
    enableCameraRotation: false,
    zIndex: true,
    ...(matchMedia("(prefers-reduced-motion: reduce)").matches ? { zoomDuration: 0, inertiaDuration: 0, doubleClickZoomingDuration: 0 } : {}),
  });
  // The wheel goes on scrolling the page unless Ctrl is held, as on maps.
  sigma.getMouseCaptor().on("wheel", (event) => {
    if (!(event.original as WheelEvent).ctrlKey) event.preventSigmaDefault();
  });
  connect(sigma, graph, figure, new Tip(figure));
  onLooks(() => {
    paint(graph);
    sigma.setSetting("labelColor", { color: colour("--ink") });
    sigma.refresh();
  });
  const camera = sigma.getCamera();
  for (const button of figure.querySelectorAll<HTMLButtonElement>("button[data-zoom]")) {
    const steps: Record<string, () => unknown> = {
      in: () => camera.animatedZoom({ duration: 0 }),
      out: () => camera.animatedUnzoom({ duration: 0 }),
      all: () => camera.setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }),
    };
    button.addEventListener("click", () => void steps[button.dataset["zoom"] ?? ""]?.());
  }
});
