// The browser, and what every part of the suite asks of a page.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--host-resolver-rules=MAP evil.example 127.0.0.1"],
});

/** Every view, and where it is. */
export const VIEWS = {
  requests: "#/requests", outbox: "#/outbox", users: "#/users", sessions: "#/sessions", clock: "#/clock", faults: "#/faults",
  projects: "#/projects", snapshots: "#/snapshots",
};

/** A page of the emulator, which tells of everything that is wrong with it. */
export async function open(browser, emulator, where = "", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.wrong = [];
  page.elsewhere = [];
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("console", (message) => {
    // that something was refused is said by the browser itself, too
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) page.wrong.push(message.text());
  });
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== emulator.url) page.elsewhere.push(request.url());
  });
  await page.goto(`${emulator.url}/__mock/${where}`);
  await page.locator("#link", { hasText: "live" }).waitFor();
  return page;
}

/** Goes to a view, and waits for what it shows. */
export async function go(page, where, heading) {
  await page.evaluate((hash) => { location.hash = hash; }, where);
  if (heading) await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** Waits until something holds. */
export async function eventually(what, holds) {
  const end = performance.now() + 8_000;
  let last;
  do {
    try {
      last = await holds();
      if (last === true) return;
    } catch (error) {
      last = error.message;
    }
    await new Promise((done) => setTimeout(done, 50));
  } while (performance.now() < end);
  assert.fail(`${what}: ${last}`);
}

export const said = (page, text) => page.locator("#said", { hasText: text }).waitFor();
export const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
export const texts = (locator) => locator.allInnerTexts();

/** Nothing went wrong, nobody else was asked, and nothing that was sent has become HTML. */
export async function assertSound(page) {
  assert.deepEqual(page.wrong, []);
  assert.deepEqual(page.elsewhere, []);
  const made = await page.evaluate(() => [window.hacked, document.querySelectorAll("main :is(script, img, iframe, object, svg)").length]);
  assert.deepEqual(made, [undefined, 0]);
}

/** Everything fits into the width. */
export async function assertNarrow(page, what) {
  const [wide, width, culprit] = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("main *, header > .bar *, #banner *, dialog *")].find((each) => {
      const { right, width } = each.getBoundingClientRect();
      return width > 1 && right > room + 1 && !each.closest("nav#nav, pre");
    });
    return [document.documentElement.scrollWidth, room, wide?.outerHTML.slice(0, 200)];
  });
  assert.ok(wide <= width && !culprit, `${what} is ${wide} wide: ${culprit}`);
}
