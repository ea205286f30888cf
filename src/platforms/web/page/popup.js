/** The list of suggestions above a message box: the listbox of the ARIA combobox pattern. */
import { el, freshId } from "./dom.js";

/** `input` keeps the focus; `taken(item)` is called when one is chosen. */
export function createPopup(input, taken) {
  const element = el("ul", { class: "popup", role: "listbox", id: freshId("popup"), "aria-label": "Suggestions", hidden: true });
  input.setAttribute("aria-controls", element.id);
  let items = [];
  let active = -1;

  function show(next, first) {
    items = next;
    active = next.length > 0 ? first : -1;
    element.replaceChildren(...next.map(option));
    element.hidden = next.length === 0;
    input.setAttribute("aria-expanded", String(next.length > 0));
    point();
  }

  function option(item, at) {
    const { label, detail, tag } = item;
    // Pressing the mouse must not take the focus away from the box.
    const on = { mousedown: (event) => event.preventDefault(), click: () => taken(item) };
    return el(
      "li",
      { role: "option", id: `${element.id}-${at}`, on },
      el("strong", {}, label),
      el("span", { class: "detail" }, detail),
      tag && el("span", { class: "tag" }, tag),
    );
  }

  function point() {
    for (const [at, child] of [...element.children].entries()) child.setAttribute("aria-selected", String(at === active));
    const chosen = element.children[active];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function step(by) {
    active = active === -1 && by < 0 ? items.length - 1 : (active + by + items.length) % items.length;
    point();
  }

  /** What a key does while the list is open. True when it did something. */
  function key(name) {
    if (items.length === 0) return false;
    if (name === "ArrowDown") step(1);
    else if (name === "ArrowUp") step(-1);
    else if (name === "Tab") taken(items[Math.max(active, 0)]);
    else if (name === "Enter" && active >= 0) taken(items[active]);
    else return false;
    return true;
  }
  return { element, show, key };
}
