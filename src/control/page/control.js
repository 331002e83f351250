// The clock and the limit: what they are, and all that can be done to them.

import { attempt, button, copyable, el, facts, field, fill, input, later, say } from "./dom.js";
import { call, credentialsOf, on, path, scope, setClock, world } from "./live.js";
import { clockText } from "./clock.js";

/** What the clock does next. */
export const release = () => attempt(async () => setClock(await call("PUT", "/clock", { frozen: false })), "The clock runs.");

export function clock(main, signal) {
  const shows = el("p.big", { "data-clock": "" });
  const goes = el("p.hint");
  const freeze = el("p.actions");
  const limits = el("section", { "aria-labelledby": "limit" });
  const put = (setting, done) => attempt(async () => setClock(await call("PUT", "/clock", setting)), done);
  const advance = (by) => attempt(async () => setClock(await call("POST", "/clock/advance", { by })), `The clock has moved by ${by}.`);
  const showClock = () => {
    if (!world.clock) return;
    const { frozen, scale } = world.clock;
    shows.textContent = clockText();
    fill(goes, frozen ? "It is frozen." : scale === 1 ? "It runs." : `It runs ${scale} times as fast.`);
    const label = frozen ? "Release" : "Freeze";
    if (freeze.dataset.label !== label) {
      freeze.dataset.label = label;
      const hadFocus = freeze.contains(document.activeElement);
      fill(freeze, button(label, () => (frozen ? release() : put({ frozen: true }, "The clock is frozen.")), { class: "primary" }),
        button("To the machine's time", () => put({ now: "system" }, "The clock shows the machine's time.")));
      if (hadFocus) freeze.firstElementChild.focus();
    }
  };
  const form = (fields, action, submit) => el("form.inline", {
    onsubmit: (event) => { event.preventDefault(); submit(Object.fromEntries(new FormData(event.target))); },
  }, fields, el("button", { type: "submit" }, action));
  on("status", showClock, signal);
  const timer = setInterval(showClock, 500);
  signal.addEventListener("abort", () => clearInterval(timer));

  const showLimit = async () => {
    await attempt(async () => {
      const bucket = await call("GET", path("/bucket", { project_id: scope.project }));
      const project = await credentialsOf(bucket.project_id);
      if (signal.aborted || limits.contains(document.activeElement) && document.activeElement.tagName === "INPUT") return;
      const of = { project_id: bucket.project_id };
      const set = (method, route, body, done) => attempt(async () => {
        await call(method, path(route, of), body);
        document.activeElement.blur();
        await showLimit();
      }, done);
      const { level, capacity, rate_limit } = bucket;
      fill(limits, el("h2", { id: "limit" }, "Limit"),
        el("p.hint", null, scope.project ? "Of the project that is chosen." : world.projects > 1 && "Of the first project. Choose another one above."),
        capacity === null ? el("p.big", null, "No limit") : el("div.level", null,
          el("p.big", null, `${level.toLocaleString("en")} of ${capacity.toLocaleString("en")} tokens`),
          el("meter", { min: 0, max: capacity, value: level, low: capacity / 10, "aria-label": "Tokens in the bucket" })),
        el("p.actions", null,
          button("Drain", () => set("POST", "/bucket/drain", undefined, "The bucket is empty.")),
          button("Fill", () => set("POST", "/bucket/fill", undefined, "The bucket is full."))),
        form(field("Rate", input("rate_limit", rate_limit), "100/s, 600/m, 100/s,burst=20 or off"), "Set the rate",
          ({ rate_limit: rate }) => set("PUT", "/bucket", { rate_limit: rate }, "The rate is set.")),
        capacity !== null && form(field("Tokens", input("level", String(level), { type: "number", min: "0" })), "Set the tokens",
          ({ level: tokens }) => set("PUT", "/bucket", { level: Number(tokens) }, "The tokens are set.")),
        facts([["Project", project ? copyable(bucket.project_id, "the project's id") : bucket.project_id]]));
    });
  };
  const refresh = later(showLimit, 250);
  for (const event of ["request", "scope", "world", "open", "status"]) on(event, refresh, signal);

  fill(main, el("div.head", null, el("h1", null, "Clock and limit")),
    el("div.panels", null,
      el("section", { "aria-labelledby": "clock-title" }, el("h2", { id: "clock-title" }, "Clock"), shows, goes, freeze,
        el("div.actions", { role: "group", "aria-label": "Move the clock by" }, ["-1h", "+1m", "+5m", "+1h", "+1d", "+30d"].map((by) => button(by, () => advance(by)))),
        form(field("By", input("by", "", { placeholder: "1h30m" })), "Move", ({ by }) => advance(by)),
        form(field("To", input("now", "", { placeholder: "2026-01-01T00:00:00Z" })), "Freeze there", ({ now }) => put({ now, frozen: true }, `The clock is frozen at ${now}.`)),
        form(field("Speed", input("scale", "", { placeholder: "60", inputmode: "decimal" }), "Emulated seconds in a second."), "Run", ({ scale }) => put({ frozen: false, scale: Number(scale) }, `The clock runs ${scale} times as fast.`))),
      limits));
  showClock();
  showLimit();
  say("");
}
