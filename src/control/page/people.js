// Users and sessions, a window at a time.

import { ask, attempt, button, el, field, fill, input, later, nothing, said, select, short } from "./dom.js";
import { call, on, path, scope, world } from "./live.js";
import { date, until } from "./clock.js";

const WINDOW = 50;

/** Where a user is looked at. */
export const placeOf = (project, user) => `#/user/${encodeURIComponent(project)}/${encodeURIComponent(user)}`;

/**
 * A list that the server shows a window of: `what` names what is listed and its route, `row` makes one row, `filter` adds to
 * the query.
 */
function windowed(main, signal, query, { title, what, one, placeholder, tools, filter, row, head, empty }) {
  const place = { q: query.get("q") ?? "", offset: Number(query.get("offset") ?? 0) };
  const list = el("ol.rows", { class: `rows ${what}`, "aria-label": title });
  const count = el("p.count", { role: "status" });
  const pages = el("nav.pages", { "aria-label": `Pages of ${what}` });
  const load = () => attempt(async () => {
    const found = await call("GET", path(`/${what}`, { ...filter?.(), q: place.q, offset: place.offset, limit: WINDOW, project_id: scope.project }));
    if (signal.aborted) return;
    const rows = found[what];
    if (!rows.length && place.offset > 0) {
      place.offset = 0;
      return load();
    }
    list.replaceChildren(...rows.map(row));
    const number = (n) => n.toLocaleString("en");
    fill(count, `${number(found.count)} ${found.count === 1 ? one : what}${place.q ? " that fit" : ""}`);
    const go = (label, offset, isOff) => button(label, () => { place.offset = offset; load().then(() => main.scrollIntoView()); }, { disabled: isOff });
    fill(pages, found.count > WINDOW && [
      go("First", 0, place.offset === 0), go("Previous", Math.max(0, place.offset - WINDOW), place.offset === 0),
      el("span", null, `${number(place.offset + 1)}–${number(place.offset + rows.length)} of ${number(found.count)}`),
      go("Next", place.offset + WINDOW, place.offset + WINDOW >= found.count),
    ], !rows.length && nothing(place.q ? `Nothing fits.` : empty));
  });
  const box = input("q", place.q, {
    type: "search", placeholder, "aria-label": `Search ${what}`,
    oninput: later(() => { Object.assign(place, { q: box.value, offset: 0 }); load(); }),
  });
  for (const event of ["scope", "world"]) on(event, () => { place.offset = 0; load(); }, signal);
  fill(main, el("div.head", null, el("h1", null, title), count), el("div.tools", null, box, tools?.(load)),
    head && el("div.rows-head", { class: `rows-head ${what}`, "aria-hidden": "true" }, head.map((name) => el("span", null, name))), list, pages);
  load();
}

const PLACEHOLDER = "Any id, e-mail, phone number or name…";

export function users(main, signal, query) {
  const add = () => ask("Add a user", el("div.fields", null,
    field("E-mail", input("email", "", { type: "text", inputmode: "email" }), "Empty: one at example.com."),
    field("Phone number", input("phone_number", "", { inputmode: "tel" }), "In E.164, such as +12025550162."),
    field("External id", input("external_id")),
    field("Project", input("project_id", scope.project), "Empty: the first project.")), "Add the user", async (form) => {
    const given = Object.fromEntries(new FormData(form));
    const user = {
      ...(given.external_id && { external_id: given.external_id }),
      ...(given.email && { emails: [{ email: given.email }] }),
      ...(given.phone_number && { phone_numbers: [{ phone_number: given.phone_number }] }),
    };
    const made = await call("POST", path("/users", { project_id: given.project_id }), user);
    const project = given.project_id || (await call("GET", "/projects?limit=1")).projects[0].project_id;
    location.hash = placeOf(project, made.user_id);
  });
  windowed(main, signal, query, {
    title: "Users", what: "users", one: "user", placeholder: PLACEHOLDER, empty: "There is no user.",
    tools: () => [el("span.grow"), button("Add a user…", add)],
    head: ["User", "Reached by", "Sessions"],
    row: (user) => el("li", null, el("a.line", { href: placeOf(user.project_id, user.user_id) },
      el("span.who", null, said(user.name || user.external_id || user.emails[0] || user.user_id, "strong"),
        el("small", null, user.name && user.external_id ? [said(user.external_id), " · "] : null, said(user.user_id)),
        !scope.project && world.projects > 1 && el("small", null, short(user.project_id))),
      el("span.reach", null, [...user.emails, ...user.phone_numbers].slice(0, 4).map((each) => said(each)),
        user.status !== "active" && el("span.mark", null, user.status), user.respond_with && el("span.mark", null, user.respond_with)),
      el("span.counts", null, `${user.active_sessions} active`, user.sessions > user.active_sessions && el("small", null, `${user.sessions - user.active_sessions} over`)))),
  });
}

export function sessions(main, signal, query) {
  let active = query.get("active") ?? "true";
  windowed(main, signal, query, {
    title: "Sessions", what: "sessions", one: "session", placeholder: "Any id, e-mail, phone number or session token…", empty: "There is no session.",
    filter: () => ({ active }),
    tools: (load) => el("label.check", null, el("span.hidden", null, "Which sessions"), select("active", [["true", "Active"], ["false", "Over"], ["", "All"]], active,
      { onchange: ({ target }) => { active = target.value; load(); } })),
    head: ["Session", "User", "Ends"],
    row: ({ project_id, state, session }) => el("li", null, el("a.line", { href: `${placeOf(project_id, session.user_id)}/${encodeURIComponent(session.session_id)}` },
      el("span.who", null, said(session.session_id, "strong"),
        el("small", null, session.authentication_factors.map(({ type }) => type).join(", "), " · since ", date(session.started_at))),
      el("span.reach", null, said(session.user_id), !scope.project && world.projects > 1 && el("small", null, short(project_id))),
      el("span.counts", null, state === "active" ? until(session.expires_at) : el("span.mark", null, state)))),
  });
}
