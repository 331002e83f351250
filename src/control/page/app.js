// The page as a whole: its views, which of them is looked at, and what its head and its banner say.

import { button, el, fill } from "./dom.js";
import { call, connect, emit, on, path, scope, world } from "./live.js";
import { clockText, tickAll } from "./clock.js";
import { clock, release } from "./control.js";
import { faults } from "./faults.js";
import { outbox } from "./outbox.js";
import { sessions, users } from "./people.js";
import { projects, snapshots } from "./world.js";
import { requests } from "./requests.js";
import { user } from "./user.js";

/** Each view by the first part of the address behind the #. `under` is the view that it belongs to. */
const VIEWS = {
  requests: { title: "Requests", show: requests },
  outbox: { title: "Outbox", show: outbox },
  users: { title: "Users", show: users },
  user: { title: "User", show: user, under: "users" },
  sessions: { title: "Sessions", show: sessions },
  clock: { title: "Clock", show: clock },
  faults: { title: "Faults", show: faults },
  projects: { title: "Projects", show: projects },
  snapshots: { title: "Snapshots", show: snapshots },
};

/** As many projects can be chosen from the head; of more, the view of projects has the others. */
const CHOICES = 100;

const [nav, main, banner, link, clockPlace, choice] = ["nav", "main", "banner", "link", "clock", "project"].map((id) => document.getElementById(id));
let leaving = new AbortController();

function show(isFirst) {
  const [place, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = place.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const key = Object.hasOwn(VIEWS, name) ? name : "requests";
  const view = VIEWS[key];
  leaving.abort();
  leaving = new AbortController();
  document.title = `${view.title} – stytch-mock`;
  nav.querySelectorAll("a").forEach((each) => {
    if (each.dataset.view === (view.under ?? key)) {
      each.setAttribute("aria-current", "page");
      each.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else {
      each.removeAttribute("aria-current");
    }
  });
  document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
  main.dataset.view = key;
  view.show(main, leaving.signal, new URLSearchParams(query), rest, choose);
  if (!isFirst) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** Looks at one project, or at all. */
function choose(project) {
  scope.project = project;
  showChoice();
  emit("scope");
}

function showChoice() {
  const { project } = scope;
  if (![...choice.options].some(({ value }) => value === project)) choice.append(el("option", { value: project }, project));
  choice.value = project;
}

async function showProjects() {
  const found = await call("GET", path("/projects", { limit: CHOICES })).catch(() => null);
  if (!found) return;
  const more = found.count - found.projects.length;
  fill(choice, el("option", { value: "" }, found.count === 1 ? "The one project" : `All ${found.count.toLocaleString("en")} projects`),
    found.count > 1 && found.projects.map(({ project_id: id }) => el("option", { value: id }, id)),
    more > 0 && el("option", { disabled: true }, `and ${more.toLocaleString("en")} more: see Projects`));
  choice.parentElement.hidden = found.count <= 1 && !scope.project;
  showChoice();
}

function showBanner() {
  const { clock: reading, faults: active } = world;
  const says = [];
  if (reading?.frozen) {
    says.push(el("p", null, el("strong", null, "The clock is frozen"), ` at ${clockText()}. Nothing expires. `, button("Release", release)));
  } else if (reading && reading.scale !== 1) {
    says.push(el("p", null, el("strong", null, `The clock runs ${reading.scale} times as fast.`), " ", el("a", { href: "#/clock" }, "Clock")));
  }
  if (active > 0) {
    says.push(el("p", null, el("strong", null, active === 1 ? "A fault is active" : `${active} faults are active`), ": some answers are not the emulator's own. ", el("a", { href: "#/faults" }, "Faults")));
  }
  const words = says.map((each) => each.textContent).join("\n");
  if (banner.dataset.words === words) return;
  banner.dataset.words = words;
  fill(banner, says.length > 0 && el("div.banner", { role: "status" }, says));
}

fill(nav, Object.entries(VIEWS).filter(([, view]) => !view.under).map(([key, { title }]) => el("a", { href: `#/${key}`, "data-view": key }, title)));
choice.addEventListener("change", () => choose(choice.value));
on("open", () => { fill(link, "live"); link.className = "link live"; showProjects(); });
on("lost", () => { fill(link, document.hidden ? "paused" : "not connected"); link.className = "link lost"; });
let known = 0;
on("status", () => {
  if (world.projects !== known) showProjects();
  known = world.projects;
  showBanner();
  tickAll();
  fill(clockPlace, clockText());
});
on("projects", showProjects);
on("world", showProjects);
setInterval(() => {
  fill(clockPlace, clockText());
  tickAll();
}, 1000);
addEventListener("hashchange", () => show(false));
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
connect();
show(true);
