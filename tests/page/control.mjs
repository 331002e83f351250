// The clock, the limit, faults, projects and snapshots: seen and set.

import assert from "node:assert/strict";
import { GRACE, OTHER, PROJECT } from "./emulator.mjs";
import { assertSound, clipboard, eventually, go, open, said } from "./browser.mjs";

const clock = (emulator) => emulator.steer("GET", "/clock");
const bucket = (emulator) => emulator.steer("GET", `/bucket?project_id=${OTHER}`);

export const control = {
  async "the clock is frozen, moved, set, sped up and released, and a banner says so"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/clock");
    const banner = page.locator("#banner");
    assert.equal(await banner.innerText(), "");
    await page.getByRole("button", { name: "Freeze", exact: true }).click();
    await banner.getByText("The clock is frozen").waitFor();
    const { now } = await clock(emulator);
    await page.getByRole("button", { name: "+1h" }).click();
    await eventually("an hour later", async () => Date.parse((await clock(emulator)).now) - Date.parse(now) === 3_600_000);
    await page.getByLabel("By", { exact: true }).fill("-30m");
    await page.getByRole("button", { name: "Move" }).click();
    await eventually("half an hour later", async () => Date.parse((await clock(emulator)).now) - Date.parse(now) === 1_800_000);
    await page.getByLabel("To", { exact: true }).fill("2026-01-01T00:00:00Z");
    await page.getByRole("button", { name: "Freeze there" }).click();
    await banner.getByText("2026-01-01 00:00:00 UTC").waitFor();
    for (const view of ["requests", "outbox", "users", "sessions", "faults", "projects", "snapshots"]) {
      await go(page, `#/${view}`, new RegExp(view, "i"));
      assert.ok(await banner.getByText("The clock is frozen").isVisible(), view);
    }
    await banner.getByRole("button", { name: "Release" }).click();
    await banner.getByText("The clock is frozen").waitFor({ state: "detached" });
    assert.equal((await clock(emulator)).frozen, false);
    await go(page, "#/clock", "Clock and limit");
    await page.getByLabel("Speed").fill("60");
    await page.getByRole("button", { name: "Run" }).click();
    await banner.getByText("The clock runs 60 times as fast").waitFor();
    await page.getByLabel("Speed").fill("1");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("button", { name: "To the machine's time" }).click();
    await eventually("it is now", async () => Math.abs(Date.parse((await clock(emulator)).now) - Date.now()) < 5_000);
    await page.getByLabel("By", { exact: true }).fill("a while");
    await page.getByRole("button", { name: "Move" }).click();
    await said(page, "expected a duration");
    await assertSound(page);
  },

  async "what a test does to the clock shows by itself"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/users");
    await emulator.steer("PUT", "/clock", { now: "2030-05-06T07:08:09Z", frozen: true });
    await page.locator("#clock", { hasText: "2030-05-06 07:08:09 UTC" }).waitFor();
    await page.getByText("The clock is frozen").waitFor();
    await emulator.steer("PUT", "/clock", { frozen: false, now: "system" });
    await page.getByText("The clock is frozen").waitFor({ state: "detached" });
  },

  async "the bucket is seen, drained, filled and given another rate"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/clock");
    await page.getByLabel("Project").selectOption(OTHER);
    await page.getByText("20 of 20 tokens").waitFor();
    assert.equal(await page.getByLabel("Tokens in the bucket").evaluate((meter) => meter.value / meter.max), 1);
    await emulator.steer("PUT", "/clock", { frozen: true });
    await page.getByRole("button", { name: "Drain" }).click();
    await page.getByText("0 of 20 tokens").waitFor();
    assert.equal(await emulator.call("GET", "/v1/sessions?user_id=other-1", { project: OTHER }), 429);
    await page.getByLabel("Tokens", { exact: true }).fill("7");
    await page.getByRole("button", { name: "Set the tokens" }).click();
    await page.getByText("7 of 20 tokens").waitFor();
    assert.equal(await emulator.call("GET", "/v1/sessions?user_id=other-1", { project: OTHER }), 200);
    await page.getByText("6 of 20 tokens").waitFor();
    await page.getByRole("button", { name: "Fill" }).click();
    await eventually("it is full", async () => (await bucket(emulator)).level === 20);
    await page.getByLabel("Rate").fill("600/m");
    await page.getByRole("button", { name: "Set the rate" }).click();
    await page.getByText("600 of 600 tokens").waitFor();
    await page.getByLabel("Rate").fill("off");
    await page.getByRole("button", { name: "Set the rate" }).click();
    await page.getByText("No limit").waitFor();
    await page.getByLabel("Rate").fill("fast");
    await page.getByRole("button", { name: "Set the rate" }).click();
    await said(page, "expected a rate");
    await emulator.steer("PUT", `/bucket?project_id=${OTHER}`, { rate_limit: "5/s,burst=20" });
    await emulator.steer("PUT", "/clock", { frozen: false, now: "system" });
    await assertSound(page);
  },

  async "faults of every effect are added, counted and deleted"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/faults");
    await page.getByText("No fault.").waitFor();
    const dialog = page.getByRole("dialog");
    const add = async (fields, effect, expected) => {
      await page.getByRole("button", { name: "Add a fault" }).click();
      if (effect) await dialog.getByLabel("Effect").selectOption(effect);
      for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(text);
      await dialog.getByRole("button", { name: "Add the fault" }).click();
      await page.locator(".rows.faults li", { hasText: expected }).waitFor();
    };
    await add({ Operation: "sessions.get", Error: "user_not_found", Times: "2" }, null, "user_not_found");
    await add({ Path: "/v1/users", Status: "418", Body: "<b>tea</b>" }, "status", "status 418");
    await add({ Method: "DELETE" }, "close", "closes before headers");
    await add({ User: GRACE, "After bytes": "5" }, "truncate", "stops after 5 bytes");
    await add({ Project: OTHER }, "stall", "stalls");
    await add({ Operation: "users.get", Delay: "20ms", Probability: "0.5", Until: "5m" }, "pass", "waits 20ms");
    const { faults } = await emulator.steer("GET", "/faults");
    assert.deepEqual(faults.map(({ id, matched, hits, ttl, ...rest }) => rest), [
      { error: "user_not_found", operation: "sessions.get", times: 2 },
      { path: "/v1/users", status: 418, content_type: "application/json", body: "<b>tea</b>" },
      { close: "before_headers", method: "DELETE" },
      { truncate: 5, user_id: GRACE },
      { delay: "20ms", operation: "users.get", probability: 0.5 },
      { project_id: OTHER, stall: true },
    ]);
    await page.getByText("6 faults are active").waitFor();
    assert.equal(await emulator.call("GET", "/v1/sessions?user_id=crowd-1"), 404);
    await page.getByText("1 of 1 changed").waitFor();
    await page.getByRole("button", { name: `Delete fault ${faults[1].id}`, exact: true }).click();
    await page.getByText("5 faults are active").waitFor();
    await page.getByRole("button", { name: "Add a fault" }).click();
    await dialog.getByLabel("Operation").fill("sessions.gte");
    await dialog.getByRole("button", { name: "Add the fault" }).click();
    await dialog.getByRole("alert").getByText("did you mean").waitFor();
    const offered = await dialog.locator("#errors option").count();
    assert.ok(offered > 50, `${offered} errors are offered`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Delete all" }).click();
    await page.getByText("No fault.").waitFor();
    await page.getByText("are active").waitFor({ state: "detached" });
    await assertSound(page);
  },

  async "a project is added, cloned, looked at, reset and deleted"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/projects");
    await page.getByText("2 projects", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Add a project" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("As in a seed").fill(JSON.stringify({ project_id: "project-test-added", users: [{ external_id: "only-one" }], usres: [] }));
    await dialog.getByRole("button", { name: "Add the project" }).click();
    await dialog.getByRole("alert").getByText("usres").waitFor();
    await dialog.getByLabel("As in a seed").fill(JSON.stringify({ project_id: "project-test-added", users: [{ external_id: "only-one" }] }));
    await dialog.getByRole("button", { name: "Add the project" }).click();
    await page.getByText("3 projects", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Look at this one: project-test-added" }).click();
    await go(page, "#/users", "Users");
    await page.getByText("1 user", { exact: true }).waitFor();
    await emulator.steer("DELETE", "/users/only-one?project_id=project-test-added");
    await go(page, "#/projects", "Projects");
    await page.getByRole("button", { name: "Reset: project-test-added" }).click();
    await eventually("it is as it was", async () => (await emulator.steer("GET", "/users?project_id=project-test-added")).count === 1);
    await page.getByRole("button", { name: "Clone: project-test-added" }).click();
    await page.getByText("4 projects", { exact: true }).waitFor();
    await page.getByLabel("Search projects").fill("added");
    await page.getByText("1 project that fit").waitFor();
    await page.locator(".rows.projects").getByRole("button", { name: /^project-test-added/ }).click();
    assert.equal(await clipboard(page), "project-test-added");
    await page.getByRole("button", { name: "Delete… project-test-added" }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText("No project fits.").waitFor();
    const { projects } = await emulator.steer("GET", "/projects");
    assert.deepEqual(projects.slice(0, 2).map(({ project_id: id }) => id), [PROJECT, OTHER]);
    for (const { project_id: id } of projects.slice(2)) await emulator.steer("DELETE", `/projects/${id}`);
    await assertSound(page);
  },

  async "the world is saved, put back, shown, replaced and reset"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/snapshots");
    await page.getByLabel("Project").selectOption(OTHER);
    await page.getByText("No snapshot.").waitFor();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Save…" }).click();
    await dialog.getByLabel("Name").fill("be/fore?");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.locator(".rows.snapshots li", { hasText: "be/fore?" }).waitFor();
    const users = async () => (await emulator.steer("GET", `/users?project_id=${OTHER}`)).count;
    await page.getByRole("button", { name: "Replace by a seed…" }).click();
    await dialog.getByLabel("Seed").fill("{ \"projects\": [{ \"users\": [{ \"emials\": 1 }] }] }");
    await dialog.getByRole("button", { name: "Replace" }).click();
    await dialog.getByRole("alert").getByText("did you mean `emails`").waitFor();
    await dialog.getByLabel("Seed").fill("{ \"projects\": [{ \"users\": [{}, {}] }] }");
    await dialog.getByRole("button", { name: "Replace" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await users(), 2);
    await page.getByRole("button", { name: "Show as a seed" }).click();
    const shown = JSON.parse(await page.locator("pre").innerText());
    assert.equal(shown.projects[0].users.length, 2);
    await page.getByRole("button", { name: "Put back: be/fore?" }).click();
    await eventually("it is back", async () => await users() === 8);
    await page.getByRole("button", { name: "Drop: be/fore?" }).click();
    await page.getByText("No snapshot.").waitFor();
    await emulator.steer("DELETE", `/users/other-1?project_id=${OTHER}`);
    await page.getByRole("button", { name: "Reset…" }).click();
    await dialog.getByRole("button", { name: "Reset" }).click();
    await eventually("it is reset", async () => await users() === 8);
    await assertSound(page);
  },
};
