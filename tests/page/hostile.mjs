// Strings that must show as text wherever they come from: tags, long words, text from right to left, control characters.

import { HOSTILE, HOSTILE_USER, OTHER, PROJECT, SHOWN } from "./emulator.mjs";
import { VIEWS, assertNarrow, assertSound, eventually, go, open } from "./browser.mjs";

/** Puts them wherever somebody can put something. */
async function spread(emulator) {
  const { script, long, rtl, control } = HOSTILE;
  const bytes = (text) => Buffer.from(text, "utf8");
  const line = (method, target, agent, body = "") => Buffer.concat([
    bytes(`${method} `), bytes(target), bytes(` HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic ${btoa(`${PROJECT}:secret-test-page`)}\r\nuser-agent: `),
    bytes(agent), bytes(`\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${bytes(body).length}\r\n\r\n${body}`)]);
  const target = (text) => [...text].map((each) => (/[\s\u0000-\u001f\u007f]/.test(each) || each > "~" ? encodeURIComponent(each) : each)).join("");
  for (const text of Object.values(HOSTILE)) {
    const visible = text.replace(/[\u0000-\u001f]/g, "");
    await emulator.raw(line("GET", `/v1/${target(text)}?${target(text)}=${target(text)}`, visible));
    await emulator.raw(line("POST", "/v1/users", visible, JSON.stringify({ email: text, name: { first_name: text }, [text]: text })));
    await emulator.raw(line("GET", `/v1/sessions?user_id=${encodeURIComponent(text)}`, visible));
    await emulator.raw(line(visible.replace(/[^A-Za-z]/g, "").slice(0, 40) || "ODD", "/v1/sessions", "x"));
    await emulator.call("POST", "/v1/otps/email/login_or_create", { body: { email: "hostile@example.com", login_template_id: text, signup_template_id: text, locale: "en" } });
    await emulator.steer("PUT", `/snapshots/${encodeURIComponent(text.slice(0, 100))}`);
    await emulator.steer("POST", "/faults", { operation: "debug.whoami", status: 500, body: text, content_type: "text/plain" });
    await emulator.steer("POST", `/users?project_id=${OTHER}`, { name: { first_name: text, last_name: text }, roles: [text], untrusted_metadata: { [text]: text } });
  }
}

/** That a place shows each of some strings as it is. */
const assertShown = (page, where, strings) => eventually(`they show in ${where}`, async () => {
  const text = await page.locator("main").evaluate((main) => main.textContent);
  const missing = strings.filter((each) => !text.includes(each));
  return missing.length === 0 || `not in it: ${missing}`;
});

export const hostile = {
  async "hostile strings in every field show as text, at any width"({ browser, emulator }) {
    await spread(emulator);
    const all = Object.values(SHOWN);
    for (const viewport of [{ width: 1200, height: 800 }, { width: 360, height: 740 }]) {
      const page = await open(browser, emulator, "", { viewport });
      const rows = page.locator(".rows.requests > li");
      await rows.first().waitFor();
      const count = Math.min(await rows.count(), 24);
      for (let number = 0; number < count; number += 1) await rows.nth(number).locator("summary").click();
      // what a body says, and what of a query is decoded
      await assertShown(page, "the requests", [SHOWN.script, SHOWN.long, SHOWN.rtl]);
      await assertNarrow(page, "requests");
      await assertSound(page);
      await go(page, VIEWS.outbox, "Outbox");
      await page.locator(".rows.messages > li").first().waitFor();
      for (const summary of await page.locator(".rows.messages summary").all()) await summary.click();
      await assertNarrow(page, "outbox");
      await go(page, VIEWS.users, "Users");
      await page.getByLabel("Search users").fill("npgexe");
      await page.getByLabel("Search users").fill("gnp.exe");
      await assertShown(page, "the users", [SHOWN.script, SHOWN.long, SHOWN.rtl, SHOWN.control]);
      await assertNarrow(page, "users");
      await go(page, VIEWS.sessions, "Sessions");
      await page.getByLabel("Search sessions").fill(HOSTILE_USER);
      await page.getByText("1 session that fit").waitFor();
      await assertNarrow(page, "sessions");
      await page.locator(".rows a.line").first().click();
      await page.locator("details[open]").waitFor();
      await assertShown(page, "the user", all);
      await assertNarrow(page, "a user");
      await assertSound(page);
      await go(page, VIEWS.faults, "Faults");
      await assertShown(page, "the faults", all);
      await assertNarrow(page, "faults");
      await go(page, VIEWS.snapshots, "Snapshots");
      await assertShown(page, "the snapshots", [SHOWN.script, SHOWN.long.slice(0, 100), SHOWN.rtl, SHOWN.control]);
      await assertNarrow(page, "snapshots");
      await go(page, VIEWS.projects, "Projects");
      await assertNarrow(page, "projects");
      await go(page, VIEWS.clock, "Clock and limit");
      await assertNarrow(page, "clock");
      await assertSound(page);
      await page.context().close();
    }
  },

  async "an address that is none leads to the requests, and a hostile one to nothing"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/nonsense");
    await page.getByRole("heading", { level: 1, name: "Requests" }).waitFor();
    for (const where of ["#/__proto__", "#/constructor", "#/%E0%A4%A", `#/user/${encodeURIComponent(HOSTILE.script)}/${encodeURIComponent(HOSTILE.script)}`, "#/users?q=%3Cscript%3E"]) {
      await go(page, where);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await assertSound(page);
    }
  },
};
