// The map that the server drew, made movable: buttons, dragging and Ctrl with the wheel zoom in and out, points keep their
// size on the screen, and a point says what it stands for.
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent } from "d3-zoom";
import { start, Tip } from "./page.js";

start("[data-map]", async (figure) => {
  const svg = figure.querySelector<SVGSVGElement>("svg");
  const view = svg?.querySelector<SVGGElement>("g.view");
  if (!svg || !view) throw new Error("the page has no map");
  const { x, y, width, height } = svg.viewBox.baseVal;
  const [worldWidth = width, worldHeight = height] = (figure.dataset["world"] ?? "").split(" ").map(Number);
  const points = [...svg.querySelectorAll<SVGCircleElement>("circle[data-r]")];
  let scale = 1;

  const resize = (): void => {
    const pixel = width / Math.max(1, svg.clientWidth) / scale; // how many units of the map a pixel is
    const small = Math.min(1, 0.25 + svg.clientWidth / 1000); // on a small screen places would cover each other
    for (const point of points) point.setAttribute("r", String(Number(point.dataset["r"]) * small * pixel));
  };
  const moved = zoom<SVGSVGElement, unknown>()
    .extent([[x, y], [x + width, y + height]])
    .translateExtent([[0, 0], [worldWidth, worldHeight]])
    .scaleExtent([Math.min(1, width / worldWidth), Math.max(1, (40 * width) / worldWidth)])
    .filter((event: Event) => {
      if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
      if ("touches" in event) return (event as TouchEvent).touches.length > 1 || scale !== 1;
      return !(event as MouseEvent).button && event.type !== "dblclick";
    })
    .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      scale = event.transform.k;
      view.setAttribute("transform", event.transform.toString());
      resize();
    });
  const map = select(svg).call(moved);
  svg.style.touchAction = "pan-y";
  resize();
  new ResizeObserver(resize).observe(svg);

  for (const button of figure.querySelectorAll<HTMLButtonElement>("button[data-zoom]")) {
    const steps: Record<string, () => unknown> = {
      in: () => map.call(moved.scaleBy, 1.6),
      out: () => map.call(moved.scaleBy, 1 / 1.6),
      all: () => map.call(moved.transform, zoomIdentity),
    };
    button.addEventListener("click", () => void steps[button.dataset["zoom"] ?? ""]?.());
  }

  const tip = new Tip(figure);
  for (const link of svg.querySelectorAll<SVGAElement>(".view a")) {
    const title = link.querySelector("title");
    const said = title?.textContent ?? "";
    title?.remove(); // the box says it now, the link keeps it as its name
    link.setAttribute("aria-label", said);
    const lines = said.split(": ");
    link.addEventListener("pointermove", (event) => tip.show(lines, event));
    link.addEventListener("pointerleave", () => tip.hide());
    link.addEventListener("focus", () => {
      const box = link.getBoundingClientRect();
      tip.show(lines, { clientX: box.right, clientY: box.bottom });
    });
    link.addEventListener("blur", () => tip.hide());
  }
});
