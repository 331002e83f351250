// A browser's virtual authenticator against a running emulator, whose URL is the argument. Ends with
// `passkeys: N passed, N failed`.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import stytch from "stytch";

const [url] = process.argv.slice(2);
const projectId = "project-test-11111111-1111-4111-8111-111111111111";
const secret = "secret-test-stytch-mock-local-emulator";
console.warn = () => {}; // the SDK warns of any URL but the vendor's
const client = new stytch.Client({ project_id: projectId, secret, env: url });

const domain = "app.localhost";
const foreign = "evil.localhost";

// The site: its page, and its backend, which hands on to the SDK what the page asks it.
const html = await readFile(new URL("page.html", import.meta.url));
const site = createServer(async (request, response) => {
  if (request.method === "GET") {
    response.setHeader("content-type", "text/html").end(html);
    return;
  }
  let text = "";
  for await (const chunk of request) text += chunk;
  const operation = request.url.slice(1);
  const [status, body] = await client.webauthn[operation](JSON.parse(text)).then(
    (answer) => [200, answer],
    (error) => [error.status_code ?? 500, { error_type: error.error_type, message: String(error) }],
  );
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
});
await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
const { port } = site.address();

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox"],
});

/** A page of `host` with an authenticator of its own, and a new user. */
const visit = async (host = domain, options = {}) => {
  const page = await (await browser.newContext()).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      ...options,
    },
  });
  await page.goto(`http://${host}:${port}/`);
  const { user_id } = await client.users.create({ email: `${crypto.randomUUID()}@example.com` });
  /** Asks the site's backend, as the page. */
  const ask = async (operation, body) => {
    const [status, answer] = await page.evaluate(
      async ([path, json]) => {
        const response = await fetch(path, { method: "POST", body: json });
        return [response.status, await response.json()];
      },
      [`/${operation}`, JSON.stringify(body)],
    );
    return { status, ...answer };
  };
  const run = (name, ...values) => page.evaluate(([fn, args]) => globalThis[fn](...args), [name, values]);
  return { page, devtools, authenticatorId, user_id, ask, run };
};

const ok = (answer) => {
  assert.equal(answer.status, 200, JSON.stringify(answer));
  return answer;
};
const refused = (answer, status, type) => assert.deepEqual([answer.status, answer.error_type], [status, type]);

const url64 = { use_base64_url_encoding: true };

/** Registers a passkey of a visitor; the answer. */
const register = async (visitor, more = {}, host = domain) => {
  const { user_id, ask, run } = visitor;
  const named = { user_id, domain: host, return_passkey_credential_options: true, ...url64, ...more };
  const { public_key_credential_creation_options } = ok(await ask("registerStart", named));
  const public_key_credential = await run("create", public_key_credential_creation_options);
  return ok(await ask("register", { user_id, public_key_credential, session_duration_minutes: 60 }));
};

/** What a visitor's passkey signs for a login that is started now. */
const sign = async ({ ask, run }, more = {}) => {
  const { public_key_credential_request_options } = ok(await ask("authenticateStart", { domain, ...url64, ...more }));
  return { public_key_credential: await run("get", public_key_credential_request_options) };
};

const cases = [
  ["registers, and logs in without a name", async () => {
    const visitor = await visit();
    const registered = await register(visitor, { authenticator_type: "platform", user_agent: "Chromium" });
    assert.equal(registered.user_id, visitor.user_id);
    const [registration] = registered.user.webauthn_registrations;
    assert.deepEqual([registration.domain, registration.authenticator_type, registration.verified], [domain, "platform", true]);
    const login = ok(await visitor.ask("authenticate", { ...(await sign(visitor)), session_duration_minutes: 60 }));
    assert.equal(login.user_id, visitor.user_id);
    assert.equal(login.webauthn_registration_id, registered.webauthn_registration_id);
    const { session } = await client.sessions.authenticate({ session_token: login.session_token });
    const [factor] = session.authentication_factors;
    assert.deepEqual([factor.type, factor.delivery_method], ["webauthn", "webauthn_registration"]);
    assert.equal(factor.webauthn_factor.domain, domain);
  }],
  ["registers and logs in by plain base64, as a named user", async () => {
    const { user_id, ask, run } = await visit();
    const creation = ok(await ask("registerStart", { user_id, domain })).public_key_credential_creation_options;
    ok(await ask("register", { user_id, public_key_credential: await run("createByHand", creation) }));
    const request = ok(await ask("authenticateStart", { user_id, domain })).public_key_credential_request_options;
    const login = ok(await ask("authenticate", { public_key_credential: await run("getByHand", request) }));
    assert.equal(login.user_id, user_id);
  }],
  ["a known authenticator is not registered twice", async () => {
    const visitor = await visit();
    await register(visitor);
    await assert.rejects(register(visitor), /InvalidStateError/);
  }],
  ["a security key without user verification registers and logs in", async () => {
    const visitor = await visit(domain, {
      protocol: "ctap2", transport: "usb", hasResidentKey: false, hasUserVerification: false, isUserVerified: false,
    });
    await register(visitor, { authenticator_type: "cross-platform", return_passkey_credential_options: false });
    const { user_id } = visitor;
    assert.equal(ok(await visitor.ask("authenticate", await sign(visitor, { user_id }))).user_id, user_id);
  }],
  ["a replayed assertion is refused", async () => {
    const visitor = await visit();
    await register(visitor);
    const login = await sign(visitor);
    ok(await visitor.ask("authenticate", login));
    refused(await visitor.ask("authenticate", login), 401, "unable_to_auth_webauthn_registration");
  }],
  ["one flipped bit is refused", async () => {
    const visitor = await visit();
    await register(visitor);
    const login = await sign(visitor);
    for (const part of ["signature", "authenticatorData"]) {
      const credential = JSON.parse(login.public_key_credential);
      const bytes = Buffer.from(credential.response[part], "base64url");
      bytes[bytes.length - 1] ^= 1;
      credential.response[part] = bytes.toString("base64url");
      const flipped = { public_key_credential: JSON.stringify(credential) };
      refused(await visitor.ask("authenticate", flipped), 401, "unable_to_auth_webauthn_registration");
    }
    ok(await visitor.ask("authenticate", login));
  }],
  ["what a foreign origin had signed is refused", async () => {
    const visitor = await visit(foreign);
    await register(visitor, {}, foreign);
    const { public_key_credential_request_options } = ok(await visitor.ask("authenticateStart", { domain, ...url64 }));
    const public_key_credential = await visitor.run("get", public_key_credential_request_options, foreign);
    assert.match(
      Buffer.from(JSON.parse(public_key_credential).response.clientDataJSON, "base64url").toString(),
      /"origin":"http:\/\/evil\.localhost:/,
    );
    refused(await visitor.ask("authenticate", { public_key_credential }), 401, "unable_to_auth_webauthn_registration");
  }],
  ["a clone, whose count is lower, is refused", async () => {
    const visitor = await visit();
    await register(visitor);
    ok(await visitor.ask("authenticate", await sign(visitor)));
    const { authenticatorId, devtools } = visitor;
    const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
    const [credential] = credentials;
    assert.ok(credential.signCount > 1);
    await devtools.send("WebAuthn.removeCredential", { authenticatorId, credentialId: credential.credentialId });
    await devtools.send("WebAuthn.addCredential", { authenticatorId, credential: { ...credential, signCount: 0 } });
    refused(await visitor.ask("authenticate", await sign(visitor)), 401, "unable_to_auth_webauthn_registration");
    await devtools.send("WebAuthn.removeCredential", { authenticatorId, credentialId: credential.credentialId });
    await devtools.send("WebAuthn.addCredential", { authenticatorId, credential });
    ok(await visitor.ask("authenticate", await sign(visitor)));
  }],
  ["a late assertion is refused", async () => {
    const visitor = await visit();
    await register(visitor);
    const login = await sign(visitor);
    await fetch(`${url}/__mock/clock/advance`, { method: "POST", body: JSON.stringify({ by: "5m" }) });
    refused(await visitor.ask("authenticate", login), 401, "unable_to_auth_webauthn_registration");
  }],
  ["a passkey is named, listed and deleted", async () => {
    const visitor = await visit();
    const { webauthn_registration_id } = await register(visitor);
    const { user_id, ask } = visitor;
    const named = ok(await ask("update", { webauthn_registration_id, name: "Phone" }));
    assert.equal(named.webauthn_registration.name, "Phone");
    const { credentials } = ok(await ask("listCredentials", { user_id, domain }));
    assert.deepEqual(credentials.map((each) => each.webauthn_registration_id), [webauthn_registration_id]);
    const login = await sign(visitor);
    assert.equal(JSON.parse(login.public_key_credential).id, credentials[0].credential_id);
    await client.users.deleteWebAuthnRegistration({ webauthn_registration_id });
    refused(await ask("authenticate", login), 404, "webauthn_registration_not_found");
  }],
];

let failed = 0;
for (const [name, run] of cases) {
  try {
    await run();
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n${error.stack}`);
  }
}
await browser.close();
site.close();
console.log(`passkeys: ${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
