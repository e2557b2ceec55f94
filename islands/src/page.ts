// What the islands share: the page's own JSON, its address, its colours and a small box that follows the pointer.

/** Months of cooperation and conflict, as every page's JSON gives them. */
export interface Period {
  period: string;
  events: number;
  verbal_cooperation: number;
  material_cooperation: number;
  verbal_conflict: number;
  material_conflict: number;
}

/** Starts an island on every element that asks for it; one that fails leaves the page's own table as it is. */
export function start(selector: string, draw: (element: HTMLElement) => Promise<void>): void {
  for (const element of document.querySelectorAll<HTMLElement>(selector)) {
    draw(element).then(
      () => element.classList.add("drawn"),
      (error: unknown) => {
        element.classList.remove("drawn"); // what the server drew stays, and the table has the same numbers
        console.info(`A figure stays as the server drew it: ${String(error)}`);
      },
    );
  }
}

/** The JSON that the element names (the page's own). */
export async function load<T>(element: HTMLElement): Promise<T> {
  const source = element.dataset["src"];
  if (!source) throw new Error("the figure names no data");
  const answer = await fetch(source, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  return (await answer.json()) as T;
}

/** A colour of the page's style sheet as WebGL takes it: the value that a variable has now, in light or dark. */
export function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** Calls `redraw` when the reader goes from light to dark or back. */
export function onLooks(redraw: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme", "class"] });
}

/** The page's address with other parts in its query; null takes one out. A list starts again from its top. */
export function address(changes: Record<string, string | null>): string {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries({ after: null, ...changes })) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}

/** "1 event", "3 events". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

/** A box of text beside the pointer. What it says stands in the table too, so it is hidden from screen readers. */
export class Tip {
  readonly #box: HTMLElement;

  constructor(figure: HTMLElement) {
    this.#box = document.createElement("div");
    this.#box.className = "tip";
    this.#box.setAttribute("aria-hidden", "true");
    this.#box.hidden = true;
    figure.append(this.#box);
  }

  show(lines: readonly string[], event: { clientX: number; clientY: number }): void {
    this.#box.replaceChildren(
      ...lines.map((line, i) => {
        const p = document.createElement(i ? "p" : "strong");
        p.dir = "auto";
        p.textContent = line;
        return p;
      }),
    );
    this.#box.hidden = false;
    const { width, height } = this.#box.getBoundingClientRect();
    const left = Math.min(event.clientX + 12, document.documentElement.clientWidth - width - 4);
    const top = event.clientY + 16 + height > innerHeight ? event.clientY - height - 8 : event.clientY + 16;
    this.#box.style.left = `${Math.max(4, left)}px`;
    this.#box.style.top = `${Math.max(4, top)}px`;
  }

  hide(): void {
    this.#box.hidden = true;
  }
}

/** The place in a figure that the server drew into; what is there gives way to the drawing of the script. */
export function canvas(figure: HTMLElement): HTMLElement {
  const found = figure.querySelector<HTMLElement>(".canvas");
  if (!found) throw new Error("the figure has no place to draw into");
  return found;
}
