// What each runner's suite checks of the app, whatever the runner: each takes the project and the emulator that the fixture
// gives, and `equal`.
"use strict";

const { startApp, visitor } = require("./app.cjs");

async function logIn(visit, stytch, email) {
  const { method_id } = await visit("POST", "/login", { email });
  const [{ code }] = await stytch.outbox.wait({ to: email });
  return visit("POST", "/code", { method_id, code });
}

async function withApp(stytch, run) {
  const app = await startApp(stytch);
  try {
    await run(visitor(app));
  } finally {
    await app.close();
  }
}

/** Everything starts as the seed has it, whatever the tests before and the workers beside did. */
async function assertFresh({ stytch, equal }) {
  const [messages, requests, state] = [await stytch.outbox.list(), await stytch.requests.list(), await stytch.state.get()];
  equal([messages.count, requests.count, state.projects.length], [0, 0, 1]);
  const emails = state.projects[0].users.flatMap((user) => user.emails ?? []).map(({ email }) => email);
  equal(emails.includes("new@example.com"), false);
}

exports.checks = {
  "a code in an e-mail logs a user in": async ({ stytch, equal }) => {
    await assertFresh({ stytch, equal });
    await withApp(stytch, async (visit) => {
      equal((await logIn(visit, stytch, "new@example.com")).status, 200);
      equal(await visit("GET", "/me"), { status: 200, email: "new@example.com" });
    });
  },
  "a session ends with its time": async ({ stytch, stytchMock, equal }) => {
    await assertFresh({ stytch, equal });
    await withApp(stytch, async (visit) => {
      await logIn(visit, stytch, "new@example.com");
      await stytchMock.clock.advance("2h");
      equal(await visit("GET", "/me"), { status: 404, error: "session_not_found" });
    });
  },
  "a failure of the service is shown, and passes": async ({ stytch, equal }) => {
    await assertFresh({ stytch, equal });
    await withApp(stytch, async (visit) => {
      await stytch.faults.add({ operation: "users.search", error: "internal_server_error", times: 1 });
      equal(await visit("GET", "/users"), { status: 500, error: "internal_server_error" });
      equal((await visit("GET", "/users")).status, 200);
      const failed = await stytch.requests.wait({ status: 500, path: "/v1/users/search" });
      equal(failed.length, 1);
    });
  },
  "a rate limit is shown": async ({ stytch, equal }) => {
    await assertFresh({ stytch, equal });
    await withApp(stytch, async (visit) => {
      await stytch.bucket.set({ rate_limit: "1/h", level: 0 });
      equal(await visit("GET", "/users"), { status: 429, error: "too_many_requests" });
    });
  },
};
