// One user: who they are, their sessions, and the same as a seed.

import { ask, attempt, block, button, copyable, el, facts, field, fill, input, nothing, said, say } from "./dom.js";
import { call, now, on, path, segment } from "./live.js";
import { date, until } from "./clock.js";

/** What comes first in a seed; the rest follows as it is. */
const FIRST = ["user_id", "external_id", "name", "emails", "phone_numbers"];

/** Whether a seed that does not say this means the same. */
const isDefault = (key, value) => value === null || value === false
  || (key !== "emails" && Array.isArray(value) && !value.length && key !== "roles")
  || (["trusted_metadata", "untrusted_metadata"].includes(key) && !Object.keys(value).length)
  || (key === "name" && Object.values(value).every((part) => part === ""))
  || (key === "status" && value === "active") || (key === "roles" && String(value) === "stytch_user");

/** A user's entry in a seed, without what goes without saying. */
function seedOf(record) {
  const keys = [...FIRST, ...Object.keys(record).filter((key) => !FIRST.includes(key) && key !== "sessions"), "sessions"];
  return Object.fromEntries(keys.filter((key) => key in record && !isDefault(key, record[key])).map((key) => [key, record[key]]));
}

export function user(main, signal, query, [projectId, userId, sessionId]) {
  const of = { project_id: projectId };
  const place = `/users/${segment(userId)}`;
  const load = () => attempt(async () => {
    const found = await call("GET", path(place, of));
    if (signal.aborted) return;
    const opened = new Set([...main.querySelectorAll("details[open]")].map((each) => each.id));
    show(found);
    main.querySelectorAll("details").forEach((each) => { if (opened.has(each.id)) each.open = true; });
  }).then((isThere) => {
    if (!isThere && !signal.aborted) fill(main, el("div.head", null, el("h1", null, "User")), nothing("This user is not there.", el("a", { href: "#/users" }, "All users")));
  });

  const show = (record) => {
    const { name, emails, phone_numbers, sessions } = record;
    const whole = [name.first_name, name.middle_name, name.last_name].filter(Boolean).join(" ");
    const title = whole || record.external_id || emails[0]?.email || record.user_id;
    const remove = () => ask("Delete this user?", el("p", null, "The user and all their sessions are gone then: ", said(title), "."), "Delete", async () => {
      await call("DELETE", path(place, of));
      say("The user is deleted.");
      location.hash = "#/users";
    }, { danger: true });
    const verified = (isVerified) => (isVerified ? null : el("span.mark", null, "not verified"));
    fill(main,
      el("div.head", null, el("h1", null, said(title)), el("p.count", null, el("a", { href: "#/users" }, "All users"))),
      el("div.tools", null, button("Add a session…", () => addSession(record), { class: "primary" }), el("span.grow"),
        button("Delete the user…", remove, { class: "danger" })),
      facts([
        ["user_id", copyable(record.user_id, "the user_id")],
        ["external_id", record.external_id],
        ["Project", projectId],
        ["Status", record.status],
        ["Locked", record.is_locked && `until ${record.lock_expires_at}`],
        ["Answers", record.respond_with],
        ["E-mails", emails.map(({ email, email_id, verified: is }) => el("div", null, said(email), " ", verified(is), el("small", null, ` ${email_id}`)))],
        ["Phone numbers", phone_numbers.map(({ phone_number, phone_id, verified: is }) => el("div", null, said(phone_number), " ", verified(is), el("small", null, ` ${phone_id}`)))],
        ["OAuth", record.providers.map(({ provider_type, provider_subject }) => el("div", null, `${provider_type}: `, said(provider_subject)))],
        ["Password", record.password && (record.password.requires_reset ? "has to be reset" : "there is one")],
        ["TOTPs", record.totps.map(({ totp_id }) => el("div", null, totp_id))],
        ["WebAuthn", record.webauthn_registrations.map((each) => el("div", null, each.webauthn_registration_id))],
        ["Roles", record.roles.length > 0 && said(record.roles.join(", "))],
        ["Made", date(record.created_at)],
      ].filter(([, value]) => value !== false)),
      el("h2", null, sessions.length ? `Sessions (${sessions.length})` : "Sessions"),
      sessions.length ? el("ol.rows.sessions-of", { "aria-label": "Sessions, newest first" }, [...sessions].reverse().map(session)) : nothing("No session."),
      el("h2", null, "The same as a seed"),
      block(JSON.stringify(seedOf(record), null, 2), "the user as a seed"));
  };

  const session = (entry) => {
    const { session_id, expires_at, revoked_at, started_at, authentication_factors, custom_claims, attributes } = entry;
    const isActive = !revoked_at && Date.parse(expires_at) > now();
    const end = (how, done) => attempt(async () => {
      await call("POST", path(`/sessions/${segment(session_id)}/${how}`, of));
      await load();
    }, done);
    const details = el("details", { id: session_id, open: session_id === sessionId }, el("summary", null,
      el("span.state", null, revoked_at ? el("span.mark", null, "revoked") : isActive ? el("span.status.good", null, "active") : el("span.mark", null, "expired")),
      el("span.who", null, said(session_id, "strong"), el("small", null, authentication_factors.map(({ type, delivery_method }) => `${type} by ${delivery_method}`).join(", "))),
      el("span.counts", null, revoked_at ? null : until(expires_at))),
    el("div.opened", null,
      el("p.actions", null,
        !revoked_at && button("Revoke", () => end("revoke", "The session is revoked."), { "aria-label": `Revoke: ${session_id}` }),
        isActive && button("Expire now", () => end("expire", "The session has expired."), { "aria-label": `Expire now: ${session_id}` })),
      facts([
        ["session_token", copyable(entry.session_token, "the session token")],
        ["Started", date(started_at)], ["Last used", date(entry.last_accessed_at)], ["Ends", date(expires_at)],
        ["Revoked", revoked_at && date(revoked_at)],
        ["Address", attributes?.ip_address], ["User agent", attributes?.user_agent],
        ["Roles", entry.roles?.join(", ")],
      ]),
      el("h3", null, "Factors"),
      authentication_factors.map((factor) => el("div.factor", null, el("strong", null, `${factor.type} by ${factor.delivery_method}`),
        facts(Object.entries(factor).filter(([name]) => !["type", "delivery_method"].includes(name))
          .flatMap(([name, value]) => (value && typeof value === "object" ? Object.entries(value) : [[name, value]])).map(([name, value]) => [name, String(value ?? "")])))),
      el("h3", null, "Custom claims"),
      Object.keys(custom_claims ?? {}).length ? block(JSON.stringify(custom_claims, null, 2), `the claims of ${session_id}`) : el("p.hint", null, "None.")));
    return el("li", { class: isActive ? null : "over" }, details);
  };

  const addSession = (record) => ask("Add a session", el("div.fields", null,
    el("div.columns", null,
      field("Ends", input("expires_at", "+1h"), "A time, or +30m from now."),
      field("Factor", el("select", { name: "type" }, ["magic_link", "otp", "password", "oauth", "totp", "webauthn"].map((type) => el("option", { value: type }, type))))),
    field("Custom claims", el("textarea", { name: "custom_claims", rows: 3, spellcheck: "false", placeholder: "{ \"plan\": \"pro\" }" }), "JSON. Empty: none."),
    field("More, as in a seed", el("textarea", { name: "more", rows: 3, spellcheck: "false", placeholder: "{ \"started_at\": \"-3h\" }" }), "JSON; goes before what stands above.")),
  "Add the session", async (form) => {
    const { expires_at, type, custom_claims, more } = Object.fromEntries(new FormData(form));
    const parsed = (text, what) => {
      try {
        return JSON.parse(text || "{}");
      } catch (error) {
        throw new Error(`${what}: ${error.message}`);
      }
    };
    const entry = {
      ...(expires_at && { expires_at }),
      ...(type !== "magic_link" && { authentication_factors: [{ type }] }),
      ...(custom_claims.trim() && { custom_claims: parsed(custom_claims, "Custom claims") }),
      ...parsed(more, "More"),
    };
    await call("POST", path(`/users/${segment(record.user_id)}/sessions`, of), entry);
    say("The session is added.");
    await load();
  });

  for (const event of ["world", "open"]) on(event, load, signal);
  load();
}
