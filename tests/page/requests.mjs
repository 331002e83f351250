// Requests: live, filtered, opened, copied as curl, and made to fail.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { GRACE, OTHER, PROJECT } from "./emulator.mjs";
import { assertSound, clipboard, eventually, go, open, said } from "./browser.mjs";

const rows = (page) => page.locator(".rows.requests > li");
const top = (page) => rows(page).first();

export const requests = {
  async "a thousand requests are shown a window at a time"({ browser, emulator }) {
    const page = await open(browser, emulator);
    const total = (await emulator.steer("GET", "/requests?limit=0")).count;
    assert.ok(total >= 1_000, `${total}`);
    await page.getByText(`${total.toLocaleString("en")} requests`).waitFor();
    assert.equal(await rows(page).count(), 200);
    await page.getByRole("button", { name: "Older" }).click();
    await eventually("older ones are there", async () => await rows(page).count() === 400);
    const numbers = await rows(page).evaluateAll((all) => all.map(({ dataset }) => Number(dataset.sequence)));
    assert.ok(numbers.every((number, index) => index === 0 || number < numbers[index - 1]), "newest first, none twice");
    await assertSound(page);
  },

  async "a request shows up by itself, with who, status and duration"({ browser, emulator }) {
    const page = await open(browser, emulator);
    await rows(page).first().waitFor();
    await emulator.call("GET", `/v1/sessions?user_id=${GRACE}`, { headers: { "user-agent": "Acme/1.0 (test)" } });
    await top(page).locator(".who", { hasText: "Acme" }).waitFor();
    const text = await top(page).innerText();
    for (const part of ["200", "GET", "/v1/sessions", `?user_id=${GRACE}`, "project-test-1"]) assert.ok(text.includes(part), `${part} in ${text}`);
    assert.match(text, /\d (µs|ms|s)$/);
    await assertSound(page);
  },

  async "a filter is applied by the server and to what comes"({ browser, emulator }) {
    await emulator.call("GET", "/v1/users/nobody-in-particular");
    const page = await open(browser, emulator);
    await page.getByLabel("Filter requests").fill("NOBODY-IN-PARTICULAR");
    await page.getByText("1 request that fit").waitFor();
    assert.equal(await rows(page).count(), 1);
    await emulator.call("GET", `/v1/sessions?user_id=${GRACE}`);
    await emulator.call("GET", "/v1/users/nobody-in-particular");
    await page.getByText("2 requests that fit").waitFor();
    await eventually("both are there", async () => await rows(page).count() === 2);
    await page.getByLabel("Filter requests").fill("");
    await page.getByLabel("Refused only").check();
    await eventually("refused ones", async () => (await rows(page).locator(".status.good").count()) === 0 && (await rows(page).count()) > 0);
    await assertSound(page);
  },

  async "a request is opened: query, body, why it was refused, what was ignored"({ browser, emulator }) {
    await emulator.call("POST", "/v1/users?colour=red", { body: { email: "not an address", shoe_size: 44 } });
    const page = await open(browser, emulator);
    await top(page).locator("summary").click();
    const opened = top(page).locator(".opened");
    const text = await opened.innerText();
    for (const part of ["Why refused", "Error type", "Ignored", "shoe_size", "colour", "red", PROJECT, "request-id-test-"]) assert.ok(text.includes(part), `${part} in ${text}`);
    assert.deepEqual(JSON.parse(await opened.locator("pre").innerText()), { email: "not an address", shoe_size: 44 });
    await assertSound(page);
  },

  async "the line for curl does the same"({ browser, emulator }) {
    const body = { email: "it's \"quoted\" $HOME `id` \\ !", name: { first_name: "\u05e9\u05dc\u05d5\u05dd\t" } };
    for (const [method, path, sent] of [["GET", `/v1/sessions?user_id=${GRACE}&a='b'`], ["POST", "/v1/users", body], ["DELETE", "/v1/users/nobody"]]) {
      const status = await emulator.call(method, path, { body: sent });
      const page = await open(browser, emulator);
      await top(page).locator("summary").click();
      await page.getByRole("button", { name: "Copy as curl" }).click();
      await said(page, "Copied the request as curl.");
      const line = await clipboard(page);
      const got = execFileSync("bash", ["-c", `${line} --silent --output /dev/null --write-out '%{http_code}'`], { encoding: "utf8" });
      assert.equal(Number(got), status, line);
      const again = (await emulator.steer("GET", "/requests?limit=2")).requests;
      for (const key of ["method", "path", "query", "project_id", "body", "status", "error_type"]) assert.deepEqual(again[1][key], again[0][key], `${key} of ${line}`);
      await page.context().close();
    }
  },

  async "the next one like this fails, and the one after it does not"({ browser, emulator }) {
    await emulator.call("GET", `/v1/sessions?user_id=${GRACE}`);
    const page = await open(browser, emulator);
    await top(page).locator("summary").click();
    await page.getByRole("button", { name: "Fail the next one like this" }).click();
    await page.getByRole("dialog").getByRole("heading", { name: "Fail the next one like this" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("A fault is active").waitFor();
    assert.equal(await emulator.call("GET", "/v1/sessions?user_id=crowd-1"), 200, "another user is none like this");
    assert.equal(await emulator.call("GET", `/v1/sessions?user_id=${GRACE}`), 500);
    assert.equal(await emulator.call("GET", `/v1/sessions?user_id=${GRACE}`), 200);
    await page.getByText("A fault is active").waitFor({ state: "detached" });
    await rows(page).filter({ hasText: "fault 1" }).first().locator("summary").click();
    await page.getByRole("link", { name: "Changed by fault 1" }).click();
    await page.getByText("1 of 1 changed").waitFor();
    await emulator.steer("DELETE", "/faults");
    await assertSound(page);
  },

  async "what is open stays open while others come, and a burst is told"({ browser, emulator }) {
    await emulator.call("GET", "/v1/users/stays-open");
    const page = await open(browser, emulator);
    await top(page).locator("summary").click();
    await Promise.all(Array.from({ length: 900 }, () => emulator.call("GET", `/v1/sessions?user_id=${GRACE}`)));
    const total = (await emulator.steer("GET", "/requests?limit=1")).requests[0].sequence;
    await eventually("the newest is shown", async () => Number(await top(page).getAttribute("data-sequence")) === total);
    const opened = rows(page).filter({ has: page.locator("details[open]") });
    assert.ok((await opened.innerText()).includes("stays-open"));
    assert.ok(await rows(page).count() <= 402);
    await assertSound(page);
  },

  async "of several projects one can be looked at"({ browser, emulator }) {
    await emulator.call("GET", "/v1/sessions?user_id=other-1", { project: OTHER });
    const page = await open(browser, emulator);
    await page.getByLabel("Project").selectOption(OTHER);
    const count = (await emulator.steer("GET", `/requests?project_id=${OTHER}`)).count;
    await page.getByText(new RegExp(`^${count} requests?$`)).waitFor();
    await emulator.call("GET", `/v1/sessions?user_id=${GRACE}`);
    await emulator.call("GET", "/v1/sessions?user_id=other-2", { project: OTHER });
    await top(page).getByText("other-2").waitFor();
    await page.getByText(new RegExp(`^${count + 1} requests?$`)).waitFor();
    await go(page, "#/users", "Users");
    await page.getByText("8 users").waitFor();
    await assertSound(page);
  },

  async "the journal is emptied"({ browser, emulator }) {
    const page = await open(browser, emulator);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("No request yet.").waitFor();
    await emulator.call("GET", "/v1/users/first-after-that");
    await top(page).getByText("first-after-that").waitFor();
    assert.equal(await page.getByText("No request yet.").count(), 0);
  },
};
