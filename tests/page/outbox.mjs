// The outbox: live, its codes copied, its links followed, and how long they are good.

import assert from "node:assert/strict";
import http from "node:http";
import { assertSound, clipboard, eventually, go, open, said } from "./browser.mjs";

const rows = (page) => page.locator(".rows.messages > li");

/** An app that a link leads to; the addresses at which it was asked for. */
async function app() {
  const asked = [];
  const server = http.createServer((request, answer) => {
    asked.push(request.url);
    answer.end("welcome");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { asked, server, url: `http://127.0.0.1:${server.address().port}/authenticate` };
}

export const outbox = {
  async "a code shows up by itself and is copied by a click"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/outbox");
    await emulator.call("POST", "/v1/otps/email/login_or_create", { body: { email: "code@example.com" } });
    await rows(page).filter({ hasText: "code@example.com" }).waitFor();
    const { messages } = await emulator.steer("GET", "/outbox?to=code@example.com");
    await rows(page).first().getByRole("button", { name: messages[0].code }).click();
    await said(page, "Copied the code.");
    assert.equal(await clipboard(page), messages[0].code);
    await assertSound(page);
  },

  async "a link is followed by a click"({ browser, emulator }) {
    const { asked, server, url } = await app();
    await emulator.call("POST", "/v1/magic_links/email/login_or_create", { body: { email: "link@example.com", login_magic_link_url: url, signup_magic_link_url: url } });
    const page = await open(browser, emulator, "#/outbox");
    const [message] = (await emulator.steer("GET", "/outbox?to=link@example.com")).messages;
    const opened = page.context().waitForEvent("page");
    await rows(page).first().getByRole("link", { name: "Follow the link" }).click();
    await (await opened).getByText("welcome").waitFor();
    server.close();
    const landed = asked.find((each) => each.startsWith("/authenticate"));
    assert.ok(landed.includes(`token=${message.token}`), landed);
    assert.equal(await emulator.call("POST", "/v1/magic_links/authenticate", { body: { token: message.token } }), 200);
    await rows(page).first().getByRole("button", { name: "Copy the link" }).click();
    await eventually("the link is copied", async () => await clipboard(page) === message.link);
  },

  async "how long something is good is kept true"({ browser, emulator }) {
    await emulator.steer("PUT", "/clock", { frozen: true });
    await emulator.call("POST", "/v1/otps/email/login_or_create", { body: { email: "late@example.com", expiration_minutes: 5 } });
    const page = await open(browser, emulator, "#/outbox");
    const row = rows(page).filter({ hasText: "late@example.com" });
    await row.getByText("good for 5 min").waitFor();
    await emulator.steer("POST", "/clock/advance", { by: "4m30s" });
    await row.getByText("good for 30 s").waitFor();
    await emulator.steer("POST", "/clock/advance", { by: "2m" });
    await row.getByText("over since 1 min 30 s ago").waitFor();
    await emulator.steer("PUT", "/clock", { frozen: false, now: "system" });
    await assertSound(page);
  },

  async "a message is opened, filtered, and leads to its user"({ browser, emulator }) {
    await emulator.call("POST", "/v1/otps/sms/send", { body: { phone_number: "+12025550162" } });
    const page = await open(browser, emulator, "#/outbox");
    await page.getByLabel("Filter messages").fill("+12025550162");
    await page.getByText("1 message that fit").waitFor();
    await rows(page).first().locator("summary").click();
    await rows(page).first().getByText("method_id").waitFor();
    const text = await rows(page).first().innerText();
    for (const part of ["SMS", "method_id", "Good until"]) assert.ok(text.includes(part), `${part} in ${text}`);
    await rows(page).first().getByRole("link", { name: /^user-test-/ }).click();
    await page.getByRole("heading", { name: "Grace Hopper" }).waitFor();
    await assertSound(page);
  },

  async "the outbox is emptied"({ browser, emulator }) {
    const page = await open(browser, emulator, "#/outbox");
    await page.getByRole("button", { name: "Empty" }).click();
    await page.getByText("Nothing was sent yet.").waitFor();
    assert.equal((await emulator.steer("GET", "/outbox")).count, 0);
    await go(page, "#/requests", "Requests");
  },
};
