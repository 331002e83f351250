// Who gets the page and the stream: nobody's page but the emulator's own. And what the stream costs whom.

import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { GRACE, PROJECT, SECRET, start } from "./emulator.mjs";
import { assertSound, eventually, open } from "./browser.mjs";

/** A site that tries to use the emulator's page. */
async function site(emulator, host) {
  const body = `<!doctype html><link rel=icon href=data:,><a href="${emulator.url}/__mock/">link</a>`;
  const server = http.createServer((request, answer) => answer.setHeader("content-type", "text/html").end(body));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://${host}:${server.address().port}/` };
}

const PATHS = ["/__mock/", "/__mock/events", "/__mock/page/app.js", "/__mock/state"];

/** Every way in which a page can ask for something. */
function tryAll(urls) {
  const frame = (tag, url) => document.body.append(Object.assign(document.createElement(tag), { src: url }));
  for (const url of urls) {
    fetch(url).catch(() => {});
    fetch(url, { mode: "no-cors" }).catch(() => {});
    fetch(url, { method: "POST", mode: "no-cors", body: "{}" }).catch(() => {});
    new EventSource(url).onerror = ({ target }) => target.close();
    for (const tag of ["iframe", "img", "script"]) frame(tag, url);
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url }));
  }
}

export const access = {
  async "pages of other sites and other origins get 403, however they ask"({ browser, emulator }) {
    for (const host of ["127.0.0.1", "localhost", "evil.example"]) {
      const { server, url } = await site(emulator, host);
      const context = await browser.newContext();
      const page = await context.newPage();
      const statuses = new Map();
      const note = (address, type, status) => {
        const { origin, pathname } = new URL(address);
        if (origin === emulator.url) statuses.set(`${pathname} ${type.toLowerCase()}`, status);
      };
      context.on("response", (response) => note(response.url(), response.request().resourceType(), response.status()));
      // of what the browser then keeps from the page the status is known on this level alone; what is asked and what comes
      // back are told apart, in no certain order
      const network = await context.newCDPSession(page);
      const sent = new Map();
      const answered = new Map();
      const join = (id) => sent.has(id) && answered.has(id) && note(...sent.get(id), answered.get(id));
      network.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
        sent.set(requestId, [request.url, type]);
        join(requestId);
      });
      network.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => {
        answered.set(requestId, statusCode);
        join(requestId);
      });
      await network.send("Network.enable");
      await page.goto(url);
      await page.evaluate(tryAll, PATHS.map((path) => `${emulator.url}${path}`));
      const expected = PATHS.flatMap((path) => ["fetch", "eventsource", "image", "script", "stylesheet", "document"].map((type) => `${path} ${type}`));
      const missing = () => expected.filter((key) => !statuses.has(key));
      await eventually(`all was tried on ${host}`, async () => missing().length === 0 || `not yet: ${missing()}`);
      assert.deepEqual([...statuses].filter(([, status]) => status !== 403), [], host);
      const [answer] = await Promise.all([page.waitForNavigation(), page.getByText("link").click()]);
      // a page on another port of the same host is another origin, but asks for a whole page by a click as the same site
      assert.equal(answer.status(), 403, `a link on ${host}`);
      await context.close();
      server.close();
    }
  },

  async "a foreign host that leads here gets 403"({ browser, emulator }) {
    const page = await (await browser.newContext()).newPage();
    for (const path of PATHS) {
      const answer = await page.goto(`http://evil.example:${emulator.port}${path}`);
      assert.equal(answer.status(), 403, path);
      assert.match(await answer.text(), /--control-host/);
    }
    await page.context().close();
  },

  async "the page loads from the emulator alone, leaves no trace in the journal, and nothing but itself may frame it"({ browser, emulator }) {
    const before = (await emulator.steer("GET", "/requests?limit=1")).requests.at(-1)?.sequence ?? 0;
    const page = await open(browser, emulator);
    await page.evaluate(() => {
      for (const url of ["https://example.com/", "http://127.0.0.1:9/"]) fetch(url).catch(() => {});
    });
    const blocked = page.wrong.splice(0);
    assert.ok(blocked.every((text) => /Content Security Policy/i.test(text)) && blocked.length >= 2, `${blocked}`);
    await page.evaluate(() => {
      try {
        document.body.innerHTML = "<p>x</p>";
      } catch (error) {
        window.refused = String(error);
      }
    });
    assert.match(await page.evaluate(() => window.refused), /TrustedHTML|TypeError/);
    page.wrong.splice(0);
    await assertSound(page);
    const after = (await emulator.steer("GET", "/requests?limit=1")).requests.at(-1)?.sequence ?? 0;
    assert.equal(after, before);
  },

  async "a page in the background reads along no more, and is up to date when it is back"({ browser, emulator }) {
    const page = await open(browser, emulator);
    const hide = (hidden) => page.evaluate((isHidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
    await hide(true);
    await page.locator("#link", { hasText: "paused" }).waitFor();
    await emulator.call("GET", "/v1/users/while-nobody-looked");
    await hide(false);
    await page.locator(".rows.requests li", { hasText: "while-nobody-looked" }).first().waitFor();
  },

  async "--control off removes the page"({ browser }) {
    const emulator = await start({ projects: [{}] }, "--control", "off");
    const page = await (await browser.newContext()).newPage();
    for (const path of PATHS) {
      const answer = await page.goto(`${emulator.url}${path}`);
      assert.deepEqual([answer.status(), (await answer.json()).error_type], [404, "route_not_found"], path);
    }
    emulator.end();
  },

  async "readers who stop reading cost bounded memory, and no request waits for them"() {
    const emulator = await start({ projects: [{ project_id: PROJECT, secrets: [SECRET], users: [{ user_id: GRACE }] }] });
    const load = async (count) => {
      let slowest = 0;
      const one = async () => {
        const began = performance.now();
        assert.equal(await emulator.call("GET", "/v1/sessions?user_id=" + GRACE, { headers: { "user-agent": "x".repeat(2_000) } }), 200);
        slowest = Math.max(slowest, performance.now() - began);
      };
      for (let sent = 0; sent < count; sent += 4) await Promise.all([one(), one(), one(), one()]);
      return slowest;
    };
    await load(800);
    const before = emulator.memory();
    const stalled = await Promise.all(Array.from({ length: 50 }, () => new Promise((done) => {
      const socket = net.connect(emulator.port, "127.0.0.1", () => {
        socket.write("GET /__mock/events?since=0.0 HTTP/1.1\r\nhost: localhost\r\n\r\n");
        socket.pause();
        done(socket);
      });
    })));
    await load(1_600);
    const first = emulator.memory();
    const slowest = await load(1_600);
    const second = emulator.memory();
    stalled.forEach((socket) => socket.destroy());
    emulator.end();
    const told = `${before.toFixed(1)} MB before, ${first.toFixed(1)} and ${second.toFixed(1)} MB with 50 stalled readers`;
    console.log(`      ${told}; the slowest request took ${slowest.toFixed(0)} ms`);
    assert.ok(first - before < 60, told);
    assert.ok(second - first < 15, `it grows no more: ${told}`);
    assert.ok(slowest < 2_000, `${slowest} ms`);
  },
};
