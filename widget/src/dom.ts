type Child = Node | string | null | false | undefined;

type Value = string | boolean | undefined | ((event: Event) => void);

/**
 * Make an element: `h("div.name other", …)` has these classes and the part `name`, so that a shop can style it.
 * Text goes in as text nodes: no markup is ever parsed.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K | `${K}.${string}`,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const [tag, classes] = name.split(".") as [K, string?];
  const element = document.createElement(tag);
  if (classes) {
    element.className = classes;
    element.setAttribute("part", classes.split(" ")[0]!);
  }
  if (element instanceof HTMLButtonElement) element.type = "button";
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

// Paths on a 24 × 24 grid, drawn with lines.
const PATHS = {
  // The little window: an arched frame, its cross bars, the sill.
  window: "M6 20V10a6 6 0 0 1 12 0v10M12 4v15M6.2 11.5h11.6M4 20h16",
  person: "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 20c.6-3.6 3.3-5.5 7-5.5s6.4 1.9 7 5.5",
  close: "M6 6l12 12M18 6 6 18",
  send: "M12 19V5M6 11l6-6 6 6",
  clock: "M12 8v4.5l3 1.5M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  article: "M7 4h7l4 4v12H7ZM14 4v4h4M10 12.5h5M10 16h5",
  // Without a mouth: that says the score.
  face: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9 9v1M15 9v1",
} as const;

export type IconName = keyof typeof PATHS;

/** Draw an icon, with `more` lines in it. It says nothing to a screen reader: its neighbour's text does. */
export function icon(name: IconName, more = ""): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name] + more);
  svg.append(path);
  return svg;
}
