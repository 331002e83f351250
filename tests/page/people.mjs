// Users and sessions: found, looked at, added, ended, deleted, copied as a seed.

import assert from "node:assert/strict";
import { GRACE, OTHER, PROJECT } from "./emulator.mjs";
import { assertSound, clipboard, eventually, go, open, said, texts } from "./browser.mjs";

const LIVE = "session-test-00000000-0000-4000-8000-0000000000a1";
const rows = (page) => page.locator(".rows > li");
const user = (id, project = PROJECT) => `#/user/${project}/${id}`;

export const people = {
  async "ten thousand users are shown a window at a time"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/users");
    const { count } = await emulator.steer("GET", "/users?limit=0");
    assert.ok(count >= 10_000, `${count}`);
    await page.getByText(`${count.toLocaleString("en")} users`).waitFor();
    assert.equal(await rows(page).count(), 50);
    const began = performance.now();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText(`51–100 of ${count.toLocaleString("en")}`).waitFor();
    assert.ok(performance.now() - began < 3_000, "a page further is fluent");
    await page.getByRole("button", { name: "Previous" }).click();
    await page.getByText(`1–50 of ${count.toLocaleString("en")}`).waitFor();
    await assertSound(page);
  },

  async "a user is found by any id, e-mail or phone"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/users");
    for (const q of [GRACE, "0000000000aa", "GRACE@EXAMPLE", "+12025550162", "email-test-00000000-0000-4000-8000-0000000000e1", "phone-number-test-00000000-0000-4000-8000-0000000000f1", LIVE, "Hopper", "token-of-grace"]) {
      await page.getByLabel("Search users").fill(q);
      await eventually(`Grace by ${q}`, async () => String(await texts(rows(page).locator("strong"))) === "Grace Hopper");
    }
    await page.getByLabel("Search users").fill("other-");
    await page.getByText("8 users that fit").waitFor();
    await page.getByLabel("Search users").fill("customer-42");
    await page.getByText("1 user that fit").waitFor();
    await rows(page).first().click();
    await page.getByRole("heading", { name: "Grace Hopper" }).waitFor();
    await assertSound(page);
  },

  async "sessions are found, and lead to theirs"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/sessions");
    await page.getByLabel("Search sessions").fill("+12025550162");
    await page.getByText("1 session that fit").waitFor();
    await page.getByLabel("Which sessions").selectOption("Over");
    await rows(page).getByText("expired").waitFor();
    await page.getByLabel("Which sessions").selectOption("All");
    await page.getByText("2 sessions that fit").waitFor();
    await page.getByLabel("Search sessions").fill("token-of-grace");
    await page.getByText("1 session that fit").waitFor();
    await rows(page).first().click();
    await page.locator("details[open]", { hasText: LIVE }).waitFor();
    await assertSound(page);
  },

  async "a user's sessions have their factors and claims"({ browser, emulator }) {
    const page = await open(browser, emulator, user(GRACE));
    await page.locator("summary", { hasText: LIVE }).click();
    const text = await page.locator("details[open]").innerText();
    for (const part of ["otp by sms", "password by knowledge", "+12025550162", "\"plan\": \"pro\"", "token-of-grace"]) assert.ok(text.includes(part), `${part} in ${text}`);
    await page.locator("details[open]").getByRole("button", { name: /token-of-grace/ }).click();
    await said(page, "Copied the session token.");
    assert.equal(await clipboard(page), "token-of-grace");
  },

  async "a session is added, expires and is revoked"({ browser, emulator }) {
    const page = await open(browser, emulator, user("crowd-1"));
    const before = (await emulator.steer("GET", "/users/crowd-1")).sessions.length;
    await page.getByRole("button", { name: "Add a session" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Custom claims").fill("{ nonsense");
    await dialog.getByRole("button", { name: "Add the session" }).click();
    await dialog.getByRole("alert").getByText("Custom claims").waitFor();
    await dialog.getByLabel("Custom claims").fill("{ \"plan\": \"free\" }");
    await dialog.getByLabel("Ends").fill("sometime");
    await dialog.getByRole("button", { name: "Add the session" }).click();
    await dialog.getByText("expires_at").waitFor();
    await dialog.getByLabel("Ends").fill("+10m");
    await dialog.getByLabel("Factor").selectOption("password");
    await dialog.getByRole("button", { name: "Add the session" }).click();
    await page.getByRole("heading", { name: `Sessions (${before + 1})` }).waitFor();
    const added = (await emulator.steer("GET", "/users/crowd-1")).sessions.at(-1);
    assert.deepEqual([added.custom_claims, added.authentication_factors[0].type], [{ plan: "free" }, "password"]);
    const session = page.locator("li", { hasText: added.session_id });
    await session.locator("summary").click();
    await session.getByRole("button", { name: "Expire" }).click();
    await session.locator("summary").getByText("expired").waitFor();
    await session.getByRole("button", { name: "Revoke" }).click();
    await session.locator("summary").getByText("revoked").waitFor();
    assert.ok((await emulator.steer("GET", "/users/crowd-1")).sessions.at(-1).revoked_at);
    await assertSound(page);
  },

  async "a user is copied as the seed that makes them again"({ browser, emulator }) {
    const page = await open(browser, emulator, user(GRACE));
    await page.getByRole("button", { name: "Copy the user as a seed" }).click();
    const seed = JSON.parse(await clipboard(page));
    const was = await emulator.steer("GET", `/users/${GRACE}`);
    assert.ok(Object.keys(seed).length < Object.keys(was).length, "what goes without saying is left out");
    await emulator.steer("DELETE", `/users/${GRACE}`);
    assert.deepEqual(await emulator.steer("POST", "/users", seed), was);
  },

  async "a user is added and deleted"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/users");
    await page.getByRole("button", { name: "Add a user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("E-mail").fill("fresh@example.com");
    await dialog.getByLabel("External id").fill("fresh-1");
    await dialog.getByLabel("Project").fill(OTHER);
    await dialog.getByRole("button", { name: "Add the user" }).click();
    await page.getByRole("heading", { name: "fresh-1" }).waitFor();
    assert.equal((await emulator.steer("GET", `/users/fresh-1?project_id=${OTHER}`)).emails[0].email, "fresh@example.com");
    await page.getByRole("button", { name: "Delete the user" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("heading", { name: "Users" }).waitFor();
    assert.equal((await emulator.steer("GET", "/users?q=fresh-1")).count, 0);
    await go(page, user("fresh-1", OTHER));
    await page.getByText("This user is not there.").waitFor();
    await assertSound(page);
  },
};
