// The README's pictures of the page: a world that stands still, so that they are the same every time.

import assert from "node:assert/strict";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import zlib from "node:zlib";
import { GRACE, PROJECT, SECRET, start } from "./emulator.mjs";
import { open } from "./browser.mjs";

const FOLDER = process.env.UPDATE_DOCS ? "docs/images" : "target/page";
const MOST_BYTES = 150_000;

/** A picture, packed as small as can be. */
function repack(png) {
  const chunks = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push([png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  const data = zlib.inflateSync(Buffer.concat(chunks.filter(([kind]) => kind === "IDAT").map(([, part]) => part)));
  const best = [0, 1, 2, 3].map((strategy) => zlib.deflateSync(data, { level: 9, memLevel: 9, strategy })).sort((a, b) => a.length - b.length)[0];
  const chunk = (kind, content) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    const named = Buffer.concat([Buffer.from(kind, "latin1"), content]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(named));
    return Buffer.concat([length, named, sum]);
  };
  return Buffer.concat([png.subarray(0, 8), chunk("IHDR", chunks[0][1]), chunk("IDAT", best), chunk("IEND", Buffer.alloc(0))]);
}

function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

export const pictures = {
  async "two pictures of the page are made"({ browser }) {
    const users = [
      { user_id: GRACE, external_id: "customer-42", name: { first_name: "Grace", last_name: "Hopper" }, emails: [{ email: "grace@example.com" }], sessions: [{}] },
      { user_id: "user-test-00000000-0000-4000-8000-0000000000ab", emails: [{ email: "ada@example.com" }] },
    ];
    const emulator = await start({ projects: [{ project_id: PROJECT, secrets: [SECRET], users }] }, "--clock", "2026-01-01T09:00:00Z", "--id-seed", "7");
    const step = (by) => emulator.steer("POST", "/clock/advance", { by });
    await emulator.call("GET", `/v1/sessions?user_id=customer-42`);
    await step("2s");
    await emulator.call("POST", "/v1/magic_links/email/login_or_create", { body: { email: "ada@example.com" } });
    await step("3s");
    await emulator.call("POST", "/v1/otps/sms/login_or_create", { body: { phone_number: "+12025550162" } });
    await step("41s");
    await emulator.call("POST", "/v1/otps/email/login_or_create", { body: { email: "grace@example.com", expiration_minutes: 10 } });
    await step("1s");
    await emulator.steer("POST", "/faults", { operation: "users.get", error: "internal_server_error", times: 1 });
    await emulator.steer("POST", "/faults", { operation: "sessions.authenticate", delay: "300ms" });
    await emulator.call("GET", `/v1/users/${GRACE}`);
    await step("5s");
    await emulator.call("GET", "/v1/sessions?user_id=customer-43&page=2");
    mkdirSync(FOLDER, { recursive: true });
    const shoot = async (name, colorScheme, where, act) => {
      const page = await open(browser, emulator, where, { colorScheme, viewport: { width: 1040, height: 660 }, deviceScaleFactor: 1.5, reducedMotion: "reduce" });
      await act(page);
      const picture = repack(await page.screenshot());
      writeFileSync(`${FOLDER}/${name}.png`, picture);
      assert.ok(statSync(`${FOLDER}/${name}.png`).size < MOST_BYTES, `${name} has ${picture.length} bytes`);
      console.log(`      ${FOLDER}/${name}.png, ${(picture.length / 1000).toFixed(0)} kB`);
      await page.context().close();
    };
    await shoot("page-requests", "light", "#/requests", async (page) => {
      await page.locator(".rows.requests summary").first().click();
      await page.locator(".opened").waitFor();
      await page.mouse.move(0, 0);
    });
    await shoot("page-outbox", "dark", "#/outbox", async (page) => {
      await page.locator(".rows.messages summary").last().click();
      await page.locator(".opened").waitFor();
      await page.mouse.move(0, 0);
    });
    emulator.end();
  },
};
