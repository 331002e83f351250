// The outbox: what would have been sent to users, as it comes.

import { attempt, button, copy, copyable, el, facts, fill, input, later, nothing, said, short } from "./dom.js";
import { call, on, path, scope, world } from "./live.js";
import { time, until } from "./clock.js";

/** As many are shown. */
const SHOWN = 100;

const KINDS = { magic_link: "Magic link", invite: "Invitation", otp: "Code", password_reset: "Password reset" };
const CHANNELS = { email: "E-mail", sms: "SMS", whatsapp: "WhatsApp" };

export function outbox(main, signal, query) {
  const filter = { q: query.get("q") ?? "" };
  const list = el("ol.rows.messages", { "aria-label": "Messages, newest first" });
  const count = el("p.count", { role: "status" });
  const more = el("p.more");
  let oldest = 0;
  let fitting = 0;
  const load = async (isOlder = false) => {
    const asked = { q: filter.q, project_id: scope.project, limit: SHOWN, before: isOlder ? oldest : "" };
    await attempt(async () => {
      const found = await call("GET", path("/outbox", asked));
      if (signal.aborted) return;
      const opened = new Set([...list.querySelectorAll("details[open]")].map((each) => each.parentElement.dataset.id));
      if (!isOlder) {
        list.replaceChildren();
        fitting = found.count;
      }
      list.append(...found.messages.reverse().map(row));
      oldest = Number(list.lastElementChild?.dataset.id ?? 0);
      list.querySelectorAll("li").forEach((each) => { if (opened.has(each.dataset.id)) each.firstElementChild.open = true; });
      const lost = found.dropped ? ` · ${found.dropped.toLocaleString("en")} fell out of the outbox` : "";
      fill(count, `${fitting.toLocaleString("en")} ${fitting === 1 ? "message" : "messages"}${filter.q ? " that fit" : ""}${lost}`);
      fill(more, list.childElementCount < fitting && button("Older", () => load(true)),
        !list.childElementCount && (filter.q ? nothing("No message fits.")
          : nothing("Nothing was sent yet.", "What your app would send to its users by e-mail, SMS or WhatsApp shows up here, with its code or link.")));
    });
  };
  const soon = later(() => load(), 150);
  for (const event of ["message", "dropped", "world", "scope", "open"]) on(event, soon, signal);
  const box = input("q", filter.q, {
    type: "search", placeholder: "Address, number, code, user…", "aria-label": "Filter messages",
    oninput: later(() => { filter.q = box.value; load(); }),
  });
  const clear = () => attempt(async () => {
    await call("DELETE", path("/outbox", { project_id: scope.project }));
    await load();
  }, "The outbox is empty.");
  fill(main, el("div.head", null, el("h1", null, "Outbox"), count), el("div.tools", null, box, el("span.grow"), button("Empty", clear)), list, more);
  load();
}

/** Whether a link may be followed by a click: one that runs a script may not. */
const canFollow = (link) => {
  try {
    return ["http:", "https:"].includes(new URL(link).protocol);
  } catch {
    return false;
  }
};

function row(message) {
  const { id, time: at, kind, channel, to, code, link, token, expires_at, user_id, project_id, template_id, locale, method_id } = message;
  const details = el("details", null, el("summary", null,
    time(at),
    el("span.kind", null, KINDS[kind] ?? kind, el("small", null, CHANNELS[channel] ?? channel)),
    el("span.to", null, said(to), !scope.project && world.projects > 1 && el("small", null, short(project_id)))));
  const useful = el("div.useful", null,
    code && copyable(code, "the code"),
    link && (canFollow(link) ? el("a.button.primary", { href: link, target: "_blank", rel: "noopener noreferrer" }, "Follow the link", el("span.hidden", null, ` to ${to}, in a new tab`)) : said(link)),
    link && button("Copy the link", () => copy(link, "the link")),
    until(expires_at, "good for", "over since"));
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(el("div.opened", null, facts([
      ["Link", link], ["Token", token && copyable(token, "the token")], ["Code", code],
      ["To", to], ["Good until", expires_at], ["Sent", at],
      ["User", el("a", { href: `#/user/${encodeURIComponent(project_id)}/${encodeURIComponent(user_id)}` }, user_id)],
      ["Project", project_id], ["method_id", method_id], ["Template", template_id], ["Locale", locale], ["Number", id],
    ])));
  });
  return el("li", { "data-id": String(id) }, details, useful);
}
