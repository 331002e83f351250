// Projects, snapshots, and the world as a whole.

import { ask, attempt, block, button, copyable, el, field, fill, input, later, nothing, said, say } from "./dom.js";
import { call, emit, on, path, scope, segment } from "./live.js";

const WINDOW = 50;

export function projects(main, signal, query, rest, choose) {
  const place = { q: query.get("q") ?? "", offset: 0 };
  const list = el("ul.rows.projects", { "aria-label": "Projects" });
  const count = el("p.count", { role: "status" });
  const pages = el("nav.pages", { "aria-label": "Pages of projects" });
  const load = () => attempt(async () => {
    const found = await call("GET", path("/projects", { q: place.q, offset: place.offset, limit: WINDOW }));
    if (signal.aborted) return;
    list.replaceChildren(...found.projects.map(row));
    fill(count, `${found.count.toLocaleString("en")} ${found.count === 1 ? "project" : "projects"}${place.q ? " that fit" : ""}`);
    const go = (label, by, isOff) => button(label, () => { place.offset += by; load(); }, { disabled: isOff });
    fill(pages, found.count > WINDOW && [go("Previous", -WINDOW, place.offset === 0), go("Next", WINDOW, place.offset + WINDOW >= found.count)],
      !found.count && nothing("No project fits."));
  });
  const changed = async (message) => {
    say(message);
    emit("projects");
    await load();
  };
  const row = ({ project_id, secret, public_token }) => {
    const of = { project_id };
    const remove = () => ask("Delete this project?", el("p", null, "Its users, sessions and snapshots are gone then: ", said(project_id), "."), "Delete", async () => {
      await call("DELETE", `/projects/${segment(project_id)}`);
      if (scope.project === project_id) choose("");
      await changed("The project is deleted.");
    }, { danger: true });
    return el("li", { class: scope.project === project_id ? "chosen" : null }, el("div.line", null,
      el("span.who", null, copyable(project_id, "the project's id"), secret ? copyable(secret, "the secret") : el("small", null, "The first secret that is sent will be its own."),
        public_token && copyable(public_token, "the public token")),
      el("span.actions", null,
        button(scope.project === project_id ? "Look at all" : "Look at this one", () => { choose(scope.project === project_id ? "" : project_id); load(); }, { "aria-label": `${scope.project === project_id ? "Look at all" : "Look at this one"}: ${project_id}` }),
        button("Clone", () => attempt(async () => { await call("POST", "/projects", { from: project_id }); await changed("The project is cloned."); }), { "aria-label": `Clone: ${project_id}` }),
        button("Reset", () => attempt(async () => { await call("POST", path("/reset", of)); emit("world"); }, "The project is what it was made from."), { "aria-label": `Reset: ${project_id}` }),
        button("Delete…", remove, { class: "danger", "aria-label": `Delete… ${project_id}` }))));
  };
  const add = () => ask("Add a project", el("div.fields", null,
    field("As in a seed", el("textarea", { name: "project", rows: 6, spellcheck: "false", placeholder: "{ \"users\": [{ \"external_id\": \"customer-42\", \"sessions\": [{}] }] }" }), "JSON. Empty: a clone of the seed's first project.")),
  "Add the project", async (form) => {
    await call("POST", "/projects", form.project.value.trim());
    await changed("The project is added.");
  });
  const box = input("q", place.q, { type: "search", placeholder: "Project id…", "aria-label": "Search projects", oninput: later(() => { Object.assign(place, { q: box.value, offset: 0 }); load(); }) });
  for (const event of ["world", "open"]) on(event, load, signal);
  fill(main, el("div.head", null, el("h1", null, "Projects"), count), el("div.tools", null, box, el("span.grow"), button("Add a project…", add, { class: "primary" })), list, pages);
  load();
}

export function snapshots(main, signal) {
  const list = el("ul.rows.snapshots", { "aria-label": "Snapshots" });
  const rest = el("div");
  const seed = el("div");
  const of = () => ({ project_id: scope.project });
  const load = () => attempt(async () => {
    const found = await call("GET", path("/snapshots", of()));
    if (signal.aborted) return;
    list.replaceChildren(...found.snapshots.map(row));
    fill(rest, !found.snapshots.length && nothing("No snapshot.", "A snapshot keeps the world, or a project, so that it can be put back."));
  });
  const row = ({ name, project_id, projects: held }) => {
    const route = path(`/snapshots/${segment(name)}`, { project_id });
    const restore = () => attempt(async () => { await call("POST", route); emit("world"); }, `${name} is back.`);
    const drop = () => attempt(async () => { await call("DELETE", route); await load(); }, `${name} is dropped.`);
    return el("li", null, el("div.line", null,
      el("span.who", null, said(name, "strong"), el("small", null, project_id ?? `the world: ${held} ${held === 1 ? "project" : "projects"}`)),
      el("span.actions", null, button("Put back", restore, { "aria-label": `Put back: ${name}` }), button("Drop", drop, { "aria-label": `Drop: ${name}` }))));
  };
  const whose = () => (scope.project ? "the project" : "the world");
  const save = () => ask(`Save ${whose()}`, field("Name", input("name", "", { required: true })), "Save", async (form) => {
    await call("PUT", path(`/snapshots/${segment(form.elements.name.value)}`, of()));
    say("Saved.");
    await load();
  });
  const reset = () => ask(`Reset ${whose()}?`, el("p", null, scope.project ? "It goes back to what it was made from." : "World, clock, buckets, faults and journal go back to what the emulator started with."), "Reset", async () => {
    await call("POST", path("/reset", of()));
    say("It is as it was at the start.");
    emit("world");
  }, { danger: true });
  const show = () => attempt(async () => {
    const state = await call("GET", path("/state", of()));
    fill(seed, el("h2", null, `What ${whose()} is, as a seed`), block(JSON.stringify(state, null, 2), "the seed"));
  });
  const replace = () => ask(`Replace ${whose()}`, field("Seed", el("textarea", { name: "seed", rows: 10, spellcheck: "false", required: true }), "JSON. One with a problem changes nothing."), "Replace", async (form) => {
    await call("PUT", path("/state", of()), form.seed.value);
    say("It is what the seed says.");
    emit("world");
  }, { danger: true });
  for (const event of ["world", "scope", "open"]) on(event, load, signal);
  fill(main, el("div.head", null, el("h1", null, "Snapshots")),
    el("div.tools", null, button("Save…", save, { class: "primary" }), el("span.grow"),
      button("Show as a seed", show), button("Replace by a seed…", replace), button("Reset…", reset, { class: "danger" })),
    list, rest, seed);
  load();
}
