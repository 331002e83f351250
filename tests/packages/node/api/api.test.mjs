// The package's own API, from its packed files: the process, the control plane, projects, ends.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { connectStytchMock, startStytchMock, StytchMockError } from "stytch-mock";

const require = createRequire(import.meta.url);
const sessions = async ({ url, projectId, secret }, user) => {
  const authorization = `Basic ${btoa(`${projectId}:${secret}`)}`;
  const answer = await fetch(`${url}/v1/sessions?user_id=${user}`, { headers: { authorization, connection: "close" } });
  return answer.status;
};
const answers = (url) =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

/** Until the emulator at the URL is gone; how many milliseconds that took. */
async function gone(url, limit) {
  const from = performance.now();
  while (await answers(url)) {
    assert.ok(performance.now() - from < limit, `${url} still answers after ${limit} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - from;
}

/** An emulator that ends with its test, by what `await using` calls. */
async function started(context, options) {
  const mock = await startStytchMock(options);
  context.after(() => mock[Symbol.asyncDispose]());
  return mock;
}

const seed = { projects: [{ users: [{ external_id: "someone", sessions: [{}] }] }] };

test("an emulator is started, steered and stopped", async () => {
  const mock = await startStytchMock({ seed, clock: "2026-01-01T00:00:00Z", idSeed: 7, explain: false });
  assert.deepEqual(await mock.clock.get(), { now: "2026-01-01T00:00:00Z", frozen: true });
  assert.deepEqual(await mock.clock.advance("1h"), { now: "2026-01-01T01:00:00Z", frozen: true });
  assert.equal(await sessions(mock, "someone"), 200);
  assert.equal(mock.env.STYTCH_BASE_URL, mock.url);
  assert.match(mock.publicToken, /^public-token-test-/);
  const [request] = await mock.requests.wait({ path: "/v1/sessions" });
  assert.equal(request.status, 200);
  const made = await mock.users.add({ external_id: "later", sessions: [{}] });
  await mock.sessions.add(made.user_id, {});
  assert.equal(await sessions(mock, "later"), 200);
  await mock.snapshots.save("before");
  await mock.bucket.set({ rate_limit: "1/h", level: 0 });
  assert.equal(await sessions(mock, "later"), 429);
  await mock.snapshots.restore("before");
  assert.equal(await sessions(mock, "later"), 200);
  await mock.reset();
  assert.equal(await sessions(mock, "later"), 404);
  await mock.stop();
  await mock.stop();
  assert.equal(await answers(mock.url), false);
});

test("projects are apart, and end", async (context) => {
  const mock = await started(context, { seed });
  const [one, two] = [await mock.project(), await mock.project({ users: [] })];
  await one.faults.add({ error: "internal_server_error" });
  assert.deepEqual([await sessions(one, "someone"), await sessions(mock, "someone"), await sessions(two, "someone")], [500, 200, 404]);
  assert.equal((await one.requests.list()).count, 1);
  assert.equal((await mock.ofProject(one.projectId).faults.list()).faults.length, 1);
  await one.delete();
  assert.equal(await sessions(one, "someone"), 401);
  const found = await connectStytchMock(`${mock.url}/`);
  assert.deepEqual([found.projectId, found.secret, found.env], [mock.projectId, mock.secret, mock.env]);
  await found.stop();
  assert.equal(await answers(mock.url), true, "it was not started there");
});

test("a wrong seed is explained, wherever it comes from", async (context) => {
  await assert.rejects(startStytchMock({ seed: { projects: [{ usres: [] }] } }), (error) => {
    assert.ok(error instanceof StytchMockError);
    return /usres/.test(error.message) && /did you mean/.test(error.message);
  });
  const mock = await started(context, { seed });
  await assert.rejects(mock.users.add({ emials: [] }), (error) => error.status === 400 && error.problems[0].path === "$.emials");
  await assert.rejects(mock.outbox.wait({ to: "nobody@example.com", wait: "10ms" }), /waited for 1 messages, 0 came/);
});

test("a large seed leaves no file", async (context) => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith("stytch-mock-")).length;
  const users = Array.from({ length: 5000 }, (_, number) => ({ external_id: `user-${number}`, sessions: [{}] }));
  const mock = await started(context, { seed: { projects: [{ users }] } });
  assert.equal(await sessions(mock, "user-4999"), 200);
  assert.equal(readdirSync(tmpdir()).filter((name) => name.startsWith("stytch-mock-")).length, before);
});

test("it can be required, too", () => {
  const required = require("stytch-mock");
  assert.equal(typeof required.startStytchMock, "function");
  assert.equal(typeof require("stytch-mock/jest").useStytchMock, "function");
});

test("npx has every flag", () => {
  const command = require.resolve("stytch-mock/package.json").replace("package.json", "bin/stytch-mock.cjs");
  const run = (...words) => spawnSync(process.execPath, [command, ...words], { encoding: "utf8" });
  assert.match(run("--help").stdout, /--exit-with-stdin/);
  assert.equal(run("--port", "x").status, 2);
  assert.equal(spawnSync(process.execPath, [command, "validate", "--seed", "-"], { input: "{}", encoding: "utf8" }).status, 0);
});

/** Starts a process that prints an emulator's URL and stays; kills it. */
async function killed(words, options) {
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"], ...options });
  let said = "";
  for await (const part of child.stdout) if ((said += part).includes("\n")) break;
  const url = /http:\S+/.exec(said)[0];
  assert.equal(await answers(url), true);
  child.kill("SIGKILL");
  return gone(url, 2000);
}

test("nothing is left of a process that is killed", async (context) => {
  const script = 'import { startStytchMock } from "stytch-mock"; console.log((await startStytchMock()).url); setInterval(() => {}, 1000);';
  const command = require.resolve("stytch-mock/package.json").replace("package.json", "bin/stytch-mock.cjs");
  const api = await killed(["--input-type=module", "--eval", script], { cwd: import.meta.dirname });
  const npx = await killed([command, "--port", "0"]);
  context.diagnostic(`gone ${api.toFixed()} ms after SIGKILL, ${npx.toFixed()} ms behind npx`);
});

test("a process that forgets it ends all the same", () => {
  const script = 'import { startStytchMock } from "stytch-mock"; console.log((await startStytchMock()).url);';
  const ended = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: import.meta.dirname, timeout: 10_000 });
  assert.equal(ended.status, 0);
});

test("a start costs at most 50 ms more than the binary's own", async (context) => {
  const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
  const { binaryPath } = require(require.resolve("stytch-mock/package.json").replace("package.json", "binary.cjs"));
  const [own, by] = [[], []];
  for (let round = 0; round < 15; round += 1) {
    let from = performance.now();
    const child = spawn(binaryPath(), ["--port", "0", "--log", "off"], { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    own.push(performance.now() - from);
    child.kill();
    from = performance.now();
    const mock = await startStytchMock();
    by.push(performance.now() - from);
    await mock.stop();
  }
  context.diagnostic(`median start ${median(by).toFixed(1)} ms, the binary alone ${median(own).toFixed(1)} ms`);
  assert.ok(median(by) - median(own) <= 50);
});
