/** A picture in a card: in the reader's own theme, with its place kept free, and larger when clicked. */
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** The same address in both themes; the browser takes the one that its reader's colours ask for. */
const themed = ({ address, alt, size }, more = {}) =>
  el(
    "picture",
    {},
    el("source", { media: "(prefers-color-scheme: dark)", srcset: `${address}?theme=dark` }),
    el("img", { src: `${address}?theme=light`, alt, width: size?.width, height: size?.height, ...more }),
  );

export function drawPicture(picture) {
  const enlarge = () => openLarge(picture);
  return el(
    "figure",
    { class: "picture" },
    themed(picture, { on: { click: enlarge } }),
    el("button", { type: "button", class: "enlarge", "aria-label": "Enlarge the picture", on: { click: enlarge } }, icon("enlarge")),
  );
}

/** At its own size, to be moved about where the window is smaller. A click or Escape closes it. */
function openLarge(picture) {
  const close = () => dialog.close();
  const dialog = el(
    "dialog",
    { class: "large", "aria-label": "Picture", on: { click: close, close: () => dialog.remove() } },
    el("button", { type: "button", class: "close", "aria-label": "Close the picture" }, "×"),
    themed(picture),
  );
  document.body.append(dialog);
  dialog.showModal();
}
