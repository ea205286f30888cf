/** The form a command asks for: a modal dialog that never loses what was typed. */
import { Refused } from "./api.js";
import { announce, el, freshId } from "./dom.js";
import { drawParts } from "./draw.js";

const dialog = document.getElementById("form");
/** Drafts by command and input; sessionStorage keeps them over a reload of this tab. */
const draftOf = (key) => JSON.parse(sessionStorage.getItem(key) ?? "{}");

/**
 * Opens `form`. `send(values, { id, waiting, signal })` resolves with the reply. A refused or
 * failed submission leaves the words where they are, in the form or in the draft for next time.
 */
export function openForm(form, key, send) {
  const draft = draftOf(key);
  const fields = form.fields.map((field) => drawField(field, draft[field.name]));
  const trouble = el("p", { class: "trouble", role: "alert" });
  const submit = el("button", { type: "submit", class: "primary" }, form.submit);
  const heading = freshId("form");
  const giveUp = new AbortController();
  const values = () => Object.fromEntries(fields.map(({ name, value }) => [name, value()]));
  let attempt;

  const body = el(
    "form",
    { method: "dialog", novalidate: true, on: { submit: onSubmit, input: keep, keydown: onKey } },
    el(
      "header",
      {},
      el("h2", { id: heading }, form.title),
      el("button", { type: "button", class: "close", "aria-label": "Close", on: { click: () => dialog.close() } }, "×"),
    ),
    el(
      "div",
      { class: "fields" },
      form.intro && el("div", { class: "intro text" }, drawParts(form.intro)),
      fields.map(({ element }) => element),
      trouble,
    ),
    el("footer", {}, el("button", { type: "button", on: { click: () => dialog.close() } }, "Cancel"), submit),
  );

  function keep() {
    sessionStorage.setItem(key, JSON.stringify(values()));
  }

  function onKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) body.requestSubmit();
  }

  async function onSubmit(event) {
    event.preventDefault();
    const wrong = fields.filter((field) => field.check()).map(({ focus }) => focus);
    if (wrong.length > 0) return wrong[0]();
    const filled = values();
    const same = attempt && JSON.stringify(attempt.filled) === JSON.stringify(filled);
    attempt = same ? attempt : { id: crypto.randomUUID(), filled };
    submit.disabled = true;
    trouble.textContent = "";
    const waiting = () => {
      trouble.textContent = "The playground does not answer just now. Your words are kept; it will be sent as soon as it is back.";
    };
    try {
      const reply = await send(filled, { id: attempt.id, waiting, signal: giveUp.signal });
      // A warning may be a refusal: then the same words wait when the form is opened again.
      if (reply.tone !== "warn") sessionStorage.removeItem(key);
      if (dialog.contains(body)) dialog.close();
    } catch (error) {
      if (giveUp.signal.aborted) return;
      trouble.textContent = error instanceof Refused ? error.message : "This could not be sent. Your words are kept: try again.";
      submit.disabled = false;
    }
  }

  dialog.replaceChildren(body);
  dialog.setAttribute("aria-labelledby", heading);
  dialog.addEventListener("close", () => giveUp.abort(), { once: true });
  dialog.showModal();
  (fields[0] ?? { focus: () => submit.focus() }).focus();
  announce(`Form: ${form.title}`);
}

/** One field: { name, element, value(), check(), focus() }. `check` shows what is wrong and says whether something is. */
function drawField(field, draft) {
  const { control, value, focus, extra, group } = field.kind === "choice" ? choice(field, draft) : words(field, draft);
  const error = el("p", { class: "trouble", id: freshId("error"), "aria-live": "polite" });
  const hint = field.hint && el("p", { class: "hint", id: freshId("hint") }, field.hint);
  const mark = field.required
    ? el("span", { class: "needed", "aria-hidden": "true" }, " *")
    : el("span", { class: "optional" }, "optional");
  const described = [hint?.id, error.id].filter(Boolean).join(" ");
  (group ?? control).setAttribute("aria-describedby", described);
  const element = group
    ? el("div", { class: "field" }, group, error)
    : el(
        "div",
        { class: "field" },
        el("label", { for: control.id }, field.label, mark),
        hint,
        control,
        el("div", { class: "below" }, error, extra),
      );
  if (group) group.prepend(el("legend", {}, field.label, mark), hint ?? "");

  function check() {
    const missing = field.required && value().trim() === "";
    error.textContent = missing ? "Please fill this in." : "";
    (group ?? control).setAttribute("aria-invalid", String(missing));
    return missing;
  }
  // Once it was found wrong, it is looked at again with every change.
  element.addEventListener("input", () => error.textContent && check());
  return { name: field.name, element, value, check, focus };
}

function words({ kind, required, maxLength, value }, draft) {
  const control = el(kind === "line" ? "input" : "textarea", {
    id: freshId("field"),
    ...(kind === "line" ? { type: "text" } : { rows: 7 }),
    maxlength: maxLength,
    "aria-required": required ? "true" : undefined,
  });
  control.value = draft ?? value ?? "";
  const counter = el("span", { class: "counter" });
  const count = () => {
    counter.textContent = `${control.value.length.toLocaleString()} / ${maxLength.toLocaleString()}`;
    counter.classList.toggle("near", control.value.length > maxLength * 0.9);
  };
  control.addEventListener("input", count);
  count();
  return { control, value: () => control.value, focus: () => control.focus(), extra: counter };
}

function choice({ name, options, required, value }, draft) {
  const chosen = draft ?? value;
  const set = freshId(name);
  const radios = options.map((option) => {
    const radio = el("input", { type: "radio", name: set, id: freshId("option"), value: option.value, checked: option.value === chosen });
    const label = el("label", { for: radio.id }, el("span", {}, option.label), option.hint && el("small", {}, option.hint));
    return { radio, row: el("div", { class: "option" }, radio, label) };
  });
  const clear = el("button", { type: "button", class: "quiet", on: { click: wipe } }, "Clear the choice");
  const group = el(
    "fieldset",
    { "aria-required": required ? "true" : undefined, role: "radiogroup" },
    radios.map(({ row }) => row),
    !required && clear,
  );

  function wipe() {
    for (const { radio } of radios) radio.checked = false;
    group.dispatchEvent(new Event("input", { bubbles: true }));
    radios[0].radio.focus();
  }
  return {
    group,
    value: () => radios.find(({ radio }) => radio.checked)?.radio.value ?? "",
    focus: () => (radios.find(({ radio }) => radio.checked) ?? radios[0]).radio.focus(),
  };
}
