// A small app that logs its users in by a code in an e-mail, with the vendor's SDK. It knows nothing of an emulator but the
// base URL that it is given.
"use strict";

const { createServer } = require("node:http");
const stytch = require("stytch");

const PAGE = `<!doctype html><title>App</title>
<form id="mail"><input name="email" placeholder="E-mail"><button>Send code</button></form>
<form id="code" hidden><input name="code" placeholder="Code"><button>Log in</button></form>
<p id="said"></p>
<script>
  let method_id;
  const post = async (path, body) => {
    const answer = await fetch(path, { method: "POST", body: JSON.stringify(body) });
    const said = await answer.json();
    document.querySelector("#said").textContent = said.error ?? "";
    return answer.ok ? said : undefined;
  };
  document.querySelector("#mail").onsubmit = async (event) => {
    event.preventDefault();
    const sent = await post("/login", { email: event.target.email.value });
    if (!sent) return;
    method_id = sent.method_id;
    document.querySelector("#code").hidden = false;
  };
  document.querySelector("#code").onsubmit = async (event) => {
    event.preventDefault();
    if (!(await post("/code", { method_id, code: event.target.code.value }))) return;
    const me = await (await fetch("/me")).json();
    document.querySelector("#said").textContent = me.error ?? "Signed in as " + me.email;
  };
</script>`;

/** Starts the app on a free port; `{ url, close }`. */
exports.startApp = async function startApp({ url, projectId, secret }) {
  const warn = console.warn;
  console.warn = () => {}; // the SDK warns of its own `env` option
  const client = new stytch.Client({ project_id: projectId, secret, env: url });
  console.warn = warn;
  const routes = {
    "POST /login": async ({ email }) => {
      const { email_id } = await client.otps.email.loginOrCreate({ email });
      return { method_id: email_id };
    },
    "POST /code": async ({ method_id, code }, _, response) => {
      const { session_token } = await client.otps.authenticate({ method_id, code, session_duration_minutes: 60 });
      response.setHeader("set-cookie", `session=${session_token}; HttpOnly`);
      return {};
    },
    "GET /me": async (_, session_token) => {
      const { user } = await client.sessions.authenticate({ session_token });
      return { email: user.emails[0].email };
    },
    "GET /users": async () => ({ emails: (await client.users.search({})).results.flatMap(({ emails }) => emails.map(({ email }) => email)) }),
  };
  const server = createServer(async (request, response) => {
    if (request.url === "/") return response.setHeader("content-type", "text/html").end(PAGE);
    let body = "";
    for await (const part of request) body += part;
    const session = /session=([^;]*)/.exec(request.headers.cookie ?? "")?.[1] ?? "none";
    const route = routes[`${request.method} ${request.url}`];
    let answer;
    try {
      answer = route ? await route(body ? JSON.parse(body) : {}, session, response) : { error: "no such page" };
    } catch (error) {
      response.statusCode = error.status_code ?? 500;
      answer = { error: error.error_type ?? String(error) };
    }
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections?.();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
};

/** A user of the app, with cookies. */
exports.visitor = function visitor(app) {
  let cookie = "";
  return async (method, path, body) => {
    const answer = await fetch(app.url + path, { method, headers: { cookie }, body: body && JSON.stringify(body) });
    cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return { status: answer.status, ...(await answer.json()) };
  };
};
