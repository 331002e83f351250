// The README's pictures of the page: a world that stands still, so that they are the same every time.

import assert from "node:assert/strict";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import zlib from "node:zlib";
import { GRACE, PROJECT, SECRET, start } from "./emulator.mjs";
import { open } from "./browser.mjs";

const FOLDER = process.env.UPDATE_DOCS ? "docs/images" : "target/page";
const MOST_BYTES = 150_000;

/** The chunks of a PNG. */
function* chunksOf(png) {
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    yield [png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)];
    at += 12 + length;
  }
}

/** The pixels of a PNG of 8 bits a channel, each as one number. */
function pixelsOf(png) {
  const chunks = [...chunksOf(png)];
  const header = chunks[0][1];
  const [width, height, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 6 ? 4 : 3];
  const data = zlib.inflateSync(Buffer.concat(chunks.filter(([kind]) => kind === "IDAT").map(([, part]) => part)));
  const pixels = new Uint32Array(width * height);
  const bytes = width * channels;
  let above = Buffer.alloc(bytes);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (bytes + 1)];
    const line = Buffer.from(data.subarray(row * (bytes + 1) + 1, (row + 1) * (bytes + 1)));
    for (let at = 0; at < bytes; at += 1) {
      const [left, up, corner] = [at >= channels ? line[at - channels] : 0, above[at], at >= channels ? above[at - channels] : 0];
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      line[at] += [0, left, up, (left + up) >> 1, a <= b && a <= c ? left : b <= c ? up : corner][filter];
    }
    for (let column = 0; column < width; column += 1) pixels[row * width + column] = line.readUIntBE(column * channels, 3);
    above = line;
  }
  return { width, height, pixels };
}

/** A picture of at most 256 colours, packed as small as can be: of a page's text that is all but lossless. */
function repack(png) {
  const { width, height, pixels } = pixelsOf(png);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = [...counts].sort(([, a], [, b]) => b - a).slice(0, 256).map(([pixel]) => pixel);
  const distance = (a, b) => [0, 8, 16].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  const nearest = (pixel) => palette.reduce((best, colour, index) => (distance(colour, pixel) < distance(palette[best], pixel) ? index : best), 0);
  const places = new Map([...counts.keys()].map((pixel) => [pixel, nearest(pixel)]));
  const data = Buffer.alloc((width + 1) * height);
  pixels.forEach((pixel, index) => { data[index + Math.floor(index / width) + 1] = places.get(pixel); });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const packed = [0, 1, 2, 3].map((strategy) => zlib.deflateSync(data, { level: 9, memLevel: 9, strategy }));
  const chunk = (kind, content) => {
    const numbers = Buffer.alloc(8);
    const named = Buffer.concat([Buffer.from(kind, "latin1"), content]);
    numbers.writeUInt32BE(content.length, 0);
    numbers.writeUInt32BE(crc(named), 4);
    return Buffer.concat([numbers.subarray(0, 4), named, numbers.subarray(4)]);
  };
  return Buffer.concat([png.subarray(0, 8), chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk("IDAT", packed.sort((a, b) => a.length - b.length)[0]), chunk("IEND", Buffer.alloc(0))]);
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
      const page = await open(browser, emulator, where, { colorScheme, viewport: { width: 960, height: 620 }, deviceScaleFactor: 1.5, reducedMotion: "reduce" });
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
