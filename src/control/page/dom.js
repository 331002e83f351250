// Makes elements. All text goes through textContent: nothing that was sent to the emulator is ever read as HTML.

/** What can't be seen or would turn the text around it, written out. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** A text as it is shown: every character of it can be seen, or is written as its number. */
export const shown = (text) =>
  String(text).replace(HIDDEN, (hidden) => `\\u${hidden.codePointAt(0).toString(16).padStart(4, "0")}`);

/**
 * An element: el("td.num", { title: "…", onclick: f }, "text", child, …). `null` and `false` are left out.
 * @returns {HTMLElement}
 */
export function el(what, attributes, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...nodes(children));
  return element;
}

const nodes = (children) =>
  children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(shown(child))));

/** Puts other children into an element. */
export const fill = (element, ...children) => element.replaceChildren(...nodes(children));

/** A text of somebody else's: isolated, so that one that runs from right to left turns nothing but itself. */
export const said = (text, what = "bdi") => el(what, null, text);

/** A button. */
export const button = (label, onclick, more) => el("button", { type: "button", onclick, ...more }, label);

/** Says something to whoever looks and whoever listens. */
export function say(text, isError = false) {
  const place = document.getElementById("said");
  place.className = isError ? "said error" : "said";
  place.textContent = shown(text);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { place.textContent = ""; }, isError ? 8000 : 3000);
}

/** Copies a text as it is. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // a page of an address that is not this machine's own has no clipboard
    const area = el("textarea", { "aria-hidden": "true", class: "hidden" });
    area.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(`Copied ${what}.`);
}

/** A text that a click copies. */
export const copyable = (text, what, label = text) =>
  el("button.copy", { type: "button", title: `Copy ${what}`, onclick: () => copy(text, what) },
    el("bdi", null, label), el("span.hidden", null, `: copy ${what}`));

/** Does something, and says what was refused. Gives whether it was done. */
export async function attempt(work, done) {
  try {
    await work();
    if (done) say(done);
    return true;
  } catch (error) {
    say(error.message, true);
    return false;
  }
}

/** A dialog with a form. `submit` is called with the form; what it throws is said in the dialog. */
export function ask(title, fields, action, submit, more) {
  const problem = el("p.problem", { role: "alert" });
  const close = () => dialog.close();
  const form = el("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      problem.textContent = "";
      try {
        await submit(form);
        close();
      } catch (error) {
        problem.textContent = shown(error.message);
      }
    },
  }, el("h2", { id: "dialog-title" }, title), fields, problem,
  el("p.actions", null, el("button", { type: "submit", class: more?.danger ? "primary danger" : "primary", autofocus: more?.isFilled }, action),
    button("Cancel", close)));
  const dialog = el("dialog", { "aria-labelledby": "dialog-title", onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

let fields = 0;

/** A labelled field of a form. */
export function field(label, input, hint) {
  fields += 1;
  input.id = `field-${fields}`;
  if (hint) input.setAttribute("aria-describedby", `hint-${fields}`);
  return el("div.field", null, el("label", { for: input.id }, label), input, hint && el("small", { id: `hint-${fields}` }, hint));
}

/** A text field. */
export const input = (name, value, more) => el("input", { name, value: value ?? "", autocomplete: "off", spellcheck: "false", ...more });

/** A choice. */
export function select(name, options, value, more) {
  const choice = el("select", { name, ...more }, options.map(([key, label]) => el("option", { value: key }, label)));
  choice.value = value;
  return choice;
}

/** A list of facts; those that are empty are left out. */
export const facts = (pairs) => el("dl.facts", null, pairs
  .filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0)
  .map(([name, value]) => el("div", null, el("dt", null, name), el("dd", null, value instanceof Node || Array.isArray(value) ? value : said(value)))));

/** A block of text that can be copied. */
export const block = (text, what) =>
  el("div.block", null, button("Copy", () => copy(text, what), { "aria-label": `Copy ${what}` }),
    el("pre", { tabindex: "0", role: "region", "aria-label": what }, text));

/** What stands where a list is empty. */
export const nothing = (text, hint) => el("div.nothing", null, el("p", null, text), hint && el("p", null, hint));

/** Calls something a while after it was asked for last. */
export function later(work, delay = 200) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), delay);
  };
}

/** An id as short as it can be told from others of its kind. */
export const short = (id) => (id && id.length > 24 ? `${id.replace(/-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, "…")}` : id ?? "");
