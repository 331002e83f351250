// Faults: those that there are, and the form that makes one.

import { ask, attempt, button, el, field, fill, input, later, nothing, said, say, select, shown } from "./dom.js";
import { call, on, openapi, path, scope, segment } from "./live.js";

const EFFECTS = [
  ["error", "An error of Stytch's"], ["status", "Any status and body"], ["close", "The connection breaks"],
  ["truncate", "The body stops early"], ["stall", "Nothing ever comes"], ["pass", "Only late"],
];

/** Numbers are sent as numbers. */
const NUMBERS = ["times", "after", "every", "status", "truncate", "probability"];

/** Asks for a fault, from what is known of it, and makes it. */
export async function faultForm(title, given, done) {
  const errors = el("datalist", { id: "errors" });
  const operations = el("datalist", { id: "operations" });
  const value = (name) => input(name, given[name]);
  const number = (name, more) => input(name, given[name], { type: "number", min: "0", step: "1", ...more });
  const effects = {
    error: field("Error", input("error", given.error ?? "internal_server_error", { list: "errors" }), "An error_type, such as user_not_found."),
    status: el("div.fields", null, field("Status", number("status", { value: "503", min: "100", max: "999" })),
      field("Content type", input("content_type", "application/json")),
      field("Body", el("textarea", { name: "body", rows: 3, spellcheck: "false" }))),
    close: field("Where", select("close", [["before_headers", "Before the headers"], ["after_headers", "After the headers"], ["mid_body", "In the body"]], "before_headers")),
    truncate: field("After bytes", number("truncate", { value: "20" })),
    stall: el("p.hint", null, "The connection stays open, and no answer comes."),
    pass: el("p.hint", null, "Give a delay below."),
  };
  const effect = select("effect", EFFECTS, given.effect ?? "error", { onchange: () => showEffect() });
  const showEffect = () => Object.entries(effects).forEach(([name, part]) => { part.hidden = name !== effect.value; });
  showEffect();
  const submit = async (form) => {
    const entries = new FormData(form);
    const fault = {};
    const chosen = effects[entries.get("effect")];
    for (const [name, text] of entries) {
      const owner = Object.values(effects).find((part) => part.querySelector(`[name="${name}"]`));
      if (name === "effect" || text === "" || (owner && owner !== chosen)) continue;
      fault[name] = NUMBERS.includes(name) ? Number(text) : text;
    }
    if (entries.get("effect") === "stall") fault.stall = true;
    await call("POST", "/faults", fault);
    done?.();
  };
  ask(title, el("div.fields", null,
    el("fieldset", null, el("legend", null, "Which requests"),
      el("div.columns", null, field("Operation", input("operation", given.operation, { list: "operations" })), field("Method", value("method"))),
      field("Path", value("path")),
      field("User", value("user_id"), "A user_id or an external_id. Empty: any."),
      field("Project", value("project_id"), "Empty: all projects.")),
    el("fieldset", null, el("legend", null, "What happens to them"), field("Effect", effect), Object.values(effects),
      field("Delay", value("delay"), "Such as 300ms. Empty: at once.")),
    el("fieldset", null, el("legend", null, "How often"),
      el("div.columns", null, field("Times", number("times"), "Empty: always."), field("After", number("after")), field("Every", number("every", { min: "1" }))),
      el("div.columns", null, field("Probability", input("probability", given.probability, { inputmode: "decimal" }), "From 0 to 1."), field("Until", input("ttl", given.ttl), "Such as 5m."))),
    errors, operations), "Add the fault", submit, { isFilled: given.error !== undefined });
  const document = await openapi().catch(() => null);
  if (!document) return;
  const names = document.components.schemas.Fault.properties.error.anyOf[0].enum;
  errors.append(...names.map((name) => el("option", { value: name })));
  const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods)).map(({ operationId }) => operationId);
  operations.append(...ids.filter((id) => !id.startsWith("control.")).map((id) => el("option", { value: id })));
}

const MATCHERS = ["operation", "method", "path", "user_id"];
const SCHEDULE = { after: (n) => `after ${n}`, every: (n) => `every ${n}`, times: (n) => (n === 1 ? "once" : `${n} times`), probability: (n) => `with probability ${n}`, ttl: (text) => `for ${text}` };

/** What a fault does, in words. */
function effectOf({ error, status, close, truncate, stall, delay }) {
  const late = delay === undefined ? [] : [`waits ${typeof delay === "string" ? delay : `${delay.min} to ${delay.max}`}`];
  const what = error ?? (status !== undefined ? `status ${status}` : close ? `closes ${close.replace("_", " ")}`
    : truncate !== undefined ? `stops after ${truncate} bytes` : stall ? "stalls" : null);
  return [...late, ...(what ? [what] : [])].join(", then ");
}

const isOver = ({ times, hits, ttl }) => (times !== undefined && hits >= times) || ttl === "0s";

export function faults(main, signal) {
  const list = el("ul.rows.faults", { "aria-label": "Faults" });
  const rest = el("div");
  const load = () => attempt(async () => {
    const found = await call("GET", path("/faults", { project_id: scope.project }));
    if (signal.aborted) return;
    list.replaceChildren(...found.faults.map(row));
    fill(rest, !found.faults.length && nothing("No fault.", "A fault makes some requests fail, late, or never be answered."));
  });
  const row = (fault) => {
    const matchers = MATCHERS.filter((name) => fault[name] !== undefined).map((name) => el("span.match", null, said(fault[name])));
    const schedule = Object.entries(SCHEDULE).filter(([name]) => fault[name] !== undefined).map(([name, words]) => words(fault[name]));
    const remove = () => attempt(async () => {
      await call("DELETE", path(`/faults/${segment(fault.id)}`, { project_id: fault.project_id }));
      await load();
    }, `Fault ${fault.id} is deleted.`);
    return el("li", { class: isOver(fault) ? "over" : null }, el("div.line", null,
      el("span.number", null, `#${fault.id}`),
      el("span.what", null, el("strong", null, effectOf(fault)), fault.body && el("span.match", null, said(fault.body)), matchers.length ? matchers : el("span.match", null, "any request"),
        el("small", null, [...schedule, fault.project_id ?? "all projects"].map(shown).join(" · "))),
      el("span.counts", null, `${fault.hits} of ${fault.matched} changed`, isOver(fault) && el("span.mark", null, "over")),
      button("Delete", remove, { "aria-label": `Delete fault ${fault.id}` })));
  };
  const add = () => faultForm("Add a fault", { project_id: scope.project }, () => { say("The fault is added."); load(); });
  const clear = () => attempt(async () => {
    await call("DELETE", path("/faults", { project_id: scope.project }));
    await load();
  }, "There is no fault any more.");
  on("request", later(load, 300), signal);
  for (const event of ["status", "world", "scope", "open"]) on(event, later(load, 100), signal);
  fill(main, el("div.head", null, el("h1", null, "Faults")),
    el("div.tools", null, button("Add a fault…", add, { class: "primary" }), el("span.grow"), button("Delete all", clear)), list, rest);
  load();
}
