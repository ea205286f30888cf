/** The page's signs, drawn rather than typed: a machine without the right fonts shows them too. */

const SVG = "http://www.w3.org/2000/svg";

/** Strokes on a square of 24 by 24. `half` is a filled half-disc. */
const PATHS = {
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  half: ["M12 4a8 8 0 0 0 0 16z"],
  question: ["M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5 -1.5 1.2 -1.5 2.3", "M12 18.4v.1"],
  cross: ["M7 7l10 10", "M17 7L7 17"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4", "M12 11v6", "M9.5 14.5L12 17l2.5 -2.5"],
  enlarge: ["M14 5h5v5", "M19 5l-6 6", "M10 19H5v-5", "M5 19l6 -6"],
  menu: ["M5 7h14", "M5 12h14", "M5 17h14"],
  lines: ["M5 7h14", "M5 12h14", "M5 17h8"],
  newTab: ["M8 16L17 7", "M10 7h7v7"],
  reply: ["M7 5v7a3 3 0 0 0 3 3h8", "M14.5 11.5L18 15l-3.5 3.5"],
  send: ["M4 5l16 7l-16 7l2.5 -7z", "M6.5 12H13"],
};

/** Decoration only: what it means is said beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const shape of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    svg.append(path);
  }
  return svg;
}
