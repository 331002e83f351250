// Good for everybody: axe on every view, light and dark; by keyboard alone; at 360 pixels.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { GRACE, PROJECT } from "./emulator.mjs";
import { VIEWS, assertNarrow, assertSound, clipboard, eventually, go, open } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds that is serious, in a line each. */
async function findings(page) {
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
}

/** Every view with something in it, opened, and every dialog. */
const STOPS = [
  ["requests", async (page) => {
    for (const number of [0, 1, 2]) await page.locator(".rows.requests summary").nth(number).click();
  }],
  ["outbox", async (page) => page.locator(".rows.messages summary").first().click()],
  ["users"], ["sessions"], ["clock"], ["faults"], ["projects"], ["snapshots"],
  [`user/${PROJECT}/${GRACE}`, async (page) => page.locator("summary").first().click()],
  ["faults", async (page) => page.getByRole("button", { name: "Add a fault" }).click()],
  [`user/${PROJECT}/${GRACE}`, async (page) => page.getByRole("button", { name: "Add a session" }).click()],
  [`user/${PROJECT}/${GRACE}`, async (page) => page.getByRole("button", { name: "Delete the user" }).click()],
];

async function furnish(emulator) {
  await emulator.steer("PUT", "/clock", { frozen: true });
  await emulator.steer("PUT", "/snapshots/before");
  await emulator.steer("POST", "/faults", { operation: "users.get", error: "internal_server_error", times: 1 });
  await emulator.steer("POST", "/faults", { operation: "sessions.revoke", delay: "1s" });
  await emulator.call("POST", "/v1/otps/email/login_or_create", { body: { email: "axe@example.com" } });
  await emulator.call("POST", "/v1/magic_links/email/login_or_create", { body: { email: "axe@example.com" } });
  await emulator.call("GET", `/v1/sessions?user_id=${GRACE}&page=2`);
  await emulator.call("GET", "/v1/sessions?user_id=nobody");
  await emulator.call("GET", `/v1/users/${GRACE}`);
}

async function clear(emulator) {
  await emulator.steer("DELETE", "/faults");
  await emulator.steer("DELETE", "/snapshots/before");
  await emulator.steer("PUT", "/clock", { frozen: false, now: "system" });
}

const axe = (colorScheme) => async ({ browser, emulator }) => {
  await furnish(emulator);
  // axe is put in by the test; the page's own policy would not have it
  const page = await open(browser, emulator, "", { colorScheme, bypassCSP: true, reducedMotion: "reduce" });
  await page.evaluate(AXE);
  const found = [];
  for (const [where, act] of STOPS) {
    await page.keyboard.press("Escape");
    await go(page, "#/projects", "Projects");
    await go(page, `#/${where}`);
    await page.locator("main :is(.rows > li, .panels, .nothing)").first().waitFor();
    await act?.(page);
    found.push(...(await findings(page)).map((finding) => `${where}: ${finding}`));
  }
  await clear(emulator);
  assert.deepEqual(found, []);
};

/** Presses Tab until something has the focus. */
async function tabTo(page, what, matches) {
  for (let turn = 0; turn < 60; turn += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const { tagName, textContent } = document.activeElement;
      return `${tagName} ${document.activeElement.getAttribute("aria-label") ?? textContent}`;
    });
    if (matches.test(focused)) return;
  }
  assert.fail(`${what} is not reached by keyboard`);
}

export const comfort = {
  "axe finds nothing serious on any view, light": axe("light"),
  "axe finds nothing serious on any view, dark": axe("dark"),

  async "everything is done by keyboard"({ browser, emulator }) {
    await emulator.call("GET", `/v1/sessions?user_id=${GRACE}`);
    const page = await open(browser, emulator);
    await page.locator(".rows.requests > li").first().waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
    await page.keyboard.press("Enter");
    await tabTo(page, "the filter", /^INPUT Filter requests/);
    await tabTo(page, "a request", /^SUMMARY/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Copy as curl/ }).waitFor();
    await tabTo(page, "copying", /^BUTTON Copy as curl/);
    await page.keyboard.press("Enter");
    await eventually("it is copied", async () => (await clipboard(page)).startsWith("curl "));
    await tabTo(page, "failing the next", /^BUTTON Fail the next/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^Fail the next/, "the focus comes back");
    await go(page, "#/users", "Users");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main", "a new view has the focus");
    await tabTo(page, "a user", /^A /);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Grace Hopper" }).waitFor();
    await assertSound(page);
  },

  async "what was done is said to a screen reader"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/clock");
    await page.getByRole("button", { name: "Freeze", exact: true }).click();
    await page.getByRole("status").filter({ hasText: "The clock is frozen." }).waitFor();
    await page.locator("#banner").getByRole("status").waitFor();
    await page.getByRole("button", { name: "Release" }).first().click();
    await page.getByRole("status").filter({ hasText: "The clock runs." }).waitFor();
    for (const [view, where] of Object.entries(VIEWS)) {
      await go(page, where, new RegExp(view, "i"));
      assert.equal(await page.locator("h1").count(), 1, view);
      assert.equal(await page.locator("nav [aria-current=page]").count(), 1, view);
      assert.match(await page.title(), / – stytch-mock$/);
    }
  },

  async "every view and dialog fits into 360 pixels"({ browser, emulator }) {
    await furnish(emulator);
    const page = await open(browser, emulator, "", { viewport: { width: 360, height: 740 } });
    for (const [where, act] of STOPS) {
      await page.keyboard.press("Escape");
      await go(page, "#/projects", "Projects");
      await go(page, `#/${where}`);
      await page.locator("main :is(.rows > li, .panels, .nothing)").first().waitFor();
      await act?.(page);
      await assertNarrow(page, where);
    }
    await clear(emulator);
    await assertSound(page);
  },
};
