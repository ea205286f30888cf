/**
 * Makes an element. Text only ever becomes text nodes: nothing on this page parses HTML.
 * `on` holds listeners; `class` and aria attributes are set as attributes; false and undefined leave out.
 */
export function el(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Says something to screen readers without moving the focus. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

let serial = 0;
/** An id for `for`, `aria-describedby` and the like. */
export const freshId = (prefix) => `${prefix}-${++serial}`;
