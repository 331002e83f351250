// The requests, as they come.

import { attempt, block, button, copy, el, facts, fill, input, later, nothing, say, said, short } from "./dom.js";
import { call, credentialsOf, on, path, scope, world } from "./live.js";
import { curl } from "./curl.js";
import { faultForm } from "./faults.js";
import { time } from "./clock.js";

/** As many are shown at first, and while they come. */
const SHOWN = 200;

export function requests(main, signal, query) {
  const filter = { q: query.get("q") ?? "", refused: query.get("refused") ?? "" };
  const list = el("ol.rows.requests", { "aria-label": "Requests, newest first" });
  const count = el("p.count", { role: "status" });
  const more = el("p.more");
  const state = { count: 0, dropped: 0, skipped: 0, oldest: 0, newest: 0 };
  let waiting = [];

  const told = () => {
    const { count: fitting, dropped, skipped } = state;
    const lost = dropped ? ` · ${dropped.toLocaleString("en")} fell out of the journal` : "";
    const rushed = skipped ? ` · ${skipped.toLocaleString("en")} came too fast to be shown` : "";
    fill(count, `${fitting.toLocaleString("en")} ${fitting === 1 ? "request" : "requests"}${filter.q || filter.refused ? " that fit" : ""}${lost}${rushed}`);
  };

  const load = async () => {
    waiting = [];
    const asked = path("/requests", { q: filter.q, refused: filter.refused, project_id: scope.project, limit: SHOWN });
    await attempt(async () => {
      const found = await call("GET", asked);
      if (signal.aborted) return;
      Object.assign(state, { count: found.count, dropped: found.dropped, skipped: 0 });
      state.newest = found.requests.at(-1)?.sequence ?? 0;
      show(found.requests.reverse(), false);
      told();
    });
  };

  /** Shows some, the newest first. */
  const show = (found, isOlder) => {
    if (!isOlder) list.replaceChildren();
    list.append(...found.map(row));
    state.oldest = found.at(-1)?.sequence ?? state.oldest;
    const shown = list.childElementCount;
    fill(more, shown < state.count && button("Older", older), shown === 0 && (filter.q || filter.refused
      ? nothing("No request fits.")
      : nothing("No request yet.", "Point your app's SDK here, and what it asks shows up by itself.")));
  };

  const older = () => attempt(async () => {
    const asked = { q: filter.q, refused: filter.refused, project_id: scope.project, limit: SHOWN, before: state.oldest };
    const found = await call("GET", path("/requests", asked));
    const focused = found.requests.at(-1)?.sequence;
    show(found.requests.reverse(), true);
    list.querySelector(`[data-sequence="${focused}"] summary`)?.focus();
  });

  const fits = (request) => {
    const { method, path, query, user_agent, error_type, reason, project_id, ignored, status, request_id } = request;
    const texts = [method, path, query, user_agent, error_type, reason, project_id, status, request_id, ...ignored];
    const isRefused = status === null || status >= 400;
    return (!scope.project || project_id === scope.project)
      && (!filter.refused || String(isRefused) === filter.refused)
      && (!filter.q || texts.some((text) => String(text ?? "").toLowerCase().includes(filter.q.trim().toLowerCase())));
  };

  // what comes is shown a few times a second, however fast it comes
  const showWaiting = () => {
    if (!waiting.length) return;
    const fresh = waiting.slice(-SHOWN).reverse();
    waiting = [];
    if (!list.childElementCount) fill(more);
    list.prepend(...fresh.map(row));
    const closed = [...list.children].slice(SHOWN).filter((each) => !each.querySelector("details[open]"));
    closed.forEach((each) => each.remove());
    if (closed.length) state.oldest = Number(list.lastElementChild.dataset.sequence);
    if (list.childElementCount < state.count) fill(more, button("Older", older));
    told();
  };
  const timer = setInterval(showWaiting, 250);
  signal.addEventListener("abort", () => clearInterval(timer));

  on("request", (request) => {
    if (request.sequence <= state.newest || !fits(request)) return;
    state.newest = request.sequence;
    state.count += 1;
    waiting.push(request);
    if (waiting.length > 2 * SHOWN) waiting = waiting.slice(-SHOWN);
  }, signal);
  on("dropped", ({ requests }) => { state.skipped += requests; told(); }, signal);
  for (const event of ["open", "world", "scope"]) on(event, load, signal);

  const search = later(() => {
    filter.q = box.value;
    load();
  });
  const box = input("q", filter.q, { type: "search", placeholder: "Path, status, error, user agent, id…", "aria-label": "Filter requests", oninput: search });
  const refused = el("label.check", null, el("input", {
    type: "checkbox", checked: filter.refused === "true",
    onchange: ({ target }) => { filter.refused = target.checked ? "true" : ""; load(); },
  }), "Refused only");
  const clear = () => attempt(async () => {
    await call("DELETE", path("/requests", { project_id: scope.project }));
    await load();
  }, "The journal is empty.");
  fill(main, el("div.head", null, el("h1", null, "Requests"), count),
    el("div.tools", null, box, refused, el("span.grow"), button("Clear", clear)),
    el("div.rows-head.requests", { "aria-hidden": "true" },
      ["Time", "Status", "Method", "Path", "Who", "Took"].map((name) => el("span", null, name))),
    list, more);
  load();
}

/** The class of a status. */
const kind = (status) => (status === null ? "none" : status >= 500 ? "bad" : status >= 400 ? "refused" : "good");

/** A duration, short. */
const took = (micros) => (micros < 1_000 ? `${micros} µs` : micros < 1_000_000 ? `${(micros / 1_000).toFixed(1)} ms` : `${(micros / 1_000_000).toFixed(2)} s`);

function row(request) {
  const { sequence, method, path: where, query, status, duration_micros, user_agent, project_id, fault, error_type, before_retry_after } = request;
  const who = user_agent.split(/[ /(]/)[0] || "nobody said";
  const details = el("details", null, el("summary", null,
    time(request.time),
    el("span", null, el(`span.status.${kind(status)}`, null, status ?? "none")),
    el("span.method", null, method),
    el("span.path", null, el("bdi", null, where), query && el("bdi.query", null, `?${query}`),
      error_type && el("span.why", null, error_type),
      fault !== null && el("span.mark", null, `fault ${fault}`),
      before_retry_after && el("span.mark", null, "too early")),
    el("span.who", { title: user_agent }, said(who), !scope.project && world.projects > 1 && project_id && el("small", null, short(project_id))),
    el("span.took", null, took(duration_micros))));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(opened(request));
  });
  return el("li", { "data-sequence": String(sequence) }, details);
}

function opened(request) {
  const { method, path: where, query, project_id, body, ignored, fault } = request;
  const pairs = [...new URLSearchParams(query)];
  const user = new URLSearchParams(query).get("user_id") ?? /^\/v1\/users\/([^/]+)$/.exec(where)?.[1];
  const copyCurl = () => attempt(async () => copy(curl(request, project_id && await credentialsOf(project_id)), "the request as curl"));
  const failNext = () => faultForm("Fail the next one like this", {
    method, path: where, project_id: project_id ?? "", user_id: new URLSearchParams(query).get("user_id") ?? "", error: "internal_server_error", times: 1,
  }, () => say("The next one like this will fail."));
  return el("div.opened", null,
    el("p.actions", null, button("Copy as curl", copyCurl), button("Fail the next one like this", failNext),
      user && el("a.button", { href: `#/users?q=${encodeURIComponent(user)}` }, "Find the user")),
    facts([
      ["Why refused", request.reason],
      ["Error type", request.error_type],
      ["Fault", fault !== null && el("a", { href: "#/faults" }, `Changed by fault ${fault}`)],
      ["Too early", request.before_retry_after && "It came before the retry-after of a 429 had passed."],
      ["Ignored", ignored.length > 0 && ignored.map((name) => [el("code", null, name), " "])],
      ["Query", pairs.length > 0 && el("table.pairs", null, el("tbody", null, pairs.map(([name, value]) =>
        el("tr", null, el("th", { scope: "row" }, said(name)), el("td", null, said(value))))))],
      ["Status", request.status ?? "The connection ended without an answer."],
      ["Time", request.time],
      ["Took", took(request.duration_micros)],
      ["Project", project_id],
      ["User agent", request.user_agent],
      ["Request id", el("code", null, request.request_id)],
      ["Sequence", request.sequence],
    ].filter(([, value]) => value !== false)),
    body !== undefined && el("div", null, el("h2", null, "Body"), block(pretty(body), "the body")));
}

/** JSON on several lines, and everything else as it is. */
function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
