// npm's openid-client as an app would use it: nothing of it is changed, and its checks of ID tokens are all switched on.
// Prints a line for each case; the last argument but the address is nothing else than where the emulator is.
import * as oidc from "openid-client";

const base = process.argv[2];
const apps = {
  calendar: { secret: "a secret+of/the app", redirect: "https://calendar.example/in" },
  "plug-in": { redirect: "http://127.0.0.1:4000/in" },
};
const scope = "openid email profile offline_access";

async function discover(id, secret, auth) {
  const execute = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks];
  return oidc.discovery(new URL(base), id, secret, auth, { execute });
}

// A browser without a person: it takes the first user, and the answer that it is told to.
async function browse(url, answer) {
  for (let steps = 0; steps < 5; steps++) {
    const response = await fetch(url, { redirect: "manual" });
    if (response.status === 302) return new URL(response.headers.get("location"));
    const page = await response.text();
    const links = [...page.matchAll(/<a href="([^"]*)">([^<]*)/g)].map(([, href, text]) => [href.replaceAll("&amp;", "&"), text]);
    const [href] = links.find(([, text]) => text === answer) ?? links[0];
    url = new URL(href, url);
  }
  throw new Error("the pages do not end");
}

async function login(config, id, answer = "Allow") {
  const verifier = oidc.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier: verifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: apps[id].redirect,
    scope,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    prompt: "consent",
  });
  const callback = await browse(url, answer);
  return { callback, checks, tokens: () => oidc.authorizationCodeGrant(config, callback, checks) };
}

function same(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${what}: ${actual}, not ${expected}`);
}

async function refused(promise, error) {
  try {
    await promise;
  } catch (thrown) {
    same(thrown.error ?? thrown.code ?? thrown.message, error, "the refusal");
    return;
  }
  throw new Error(`it was not refused with ${error}`);
}

async function wholeLife(config, id, rotates) {
  const flow = await login(config, id);
  const first = await flow.tokens();
  same(first.claims().aud, [id], "aud");
  same(first.claims().email, "alice@example.com", "email");
  const user = await oidc.fetchUserInfo(config, first.access_token, first.claims().sub);
  same(user.name, "Alice Carroll", "name");
  const second = await oidc.refreshTokenGrant(config, first.refresh_token);
  same(typeof second.refresh_token, rotates ? "string" : "undefined", "the next refresh token");
  const refresh = second.refresh_token ?? first.refresh_token;
  for (const token of [second.access_token, refresh]) {
    same((await oidc.tokenIntrospection(config, token)).active, true, "active");
  }
  await oidc.tokenRevocation(config, second.access_token);
  same((await oidc.tokenIntrospection(config, second.access_token)).active, false, "the access token, taken back");
  same((await oidc.tokenIntrospection(config, refresh)).active, true, "the refresh token, left alone");
  await oidc.tokenRevocation(config, refresh, { token_type_hint: "refresh_token" });
  same((await oidc.tokenIntrospection(config, refresh)).active, false, "the refresh token, taken back");
  await refused(oidc.refreshTokenGrant(config, refresh), "invalid_grant");
}

const secret = apps.calendar.secret;
const cases = {
  "discovery finds everything": async () => {
    const metadata = (await discover("calendar", secret)).serverMetadata();
    same(metadata.issuer, base, "issuer");
    same(metadata.supportsPKCE(), true, "PKCE");
    for (const key of ["token", "authorization", "userinfo", "introspection", "revocation"]) {
      same(metadata[`${key}_endpoint`].startsWith(base), true, key);
    }
  },
  "an app with a secret in Basic credentials": async () =>
    wholeLife(await discover("calendar", secret, oidc.ClientSecretBasic(secret)), "calendar", false),
  "an app with a secret in the body": async () =>
    wholeLife(await discover("calendar", secret, oidc.ClientSecretPost(secret)), "calendar", false),
  "an app without a secret": async () => wholeLife(await discover("plug-in", undefined, oidc.None()), "plug-in", true),
  "a person who does not agree": async () => {
    const flow = await login(await discover("calendar", secret), "calendar", "Deny");
    await refused(flow.tokens(), "access_denied");
  },
  "a code that comes twice": async () => {
    const config = await discover("calendar", secret);
    const flow = await login(config, "calendar");
    const tokens = await flow.tokens();
    await refused(flow.tokens(), "invalid_grant");
    same((await oidc.tokenIntrospection(config, tokens.access_token)).active, false, "what came of it");
  },
  "another app's verifier": async () => {
    const config = await discover("plug-in", undefined, oidc.None());
    const flow = await login(config, "plug-in");
    flow.checks.pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    await refused(flow.tokens(), "invalid_grant");
  },
  "a refresh token that comes twice": async () => {
    const config = await discover("plug-in", undefined, oidc.None());
    const first = await (await login(config, "plug-in")).tokens();
    const second = await oidc.refreshTokenGrant(config, first.refresh_token);
    await refused(oidc.refreshTokenGrant(config, first.refresh_token), "invalid_grant");
    await refused(oidc.refreshTokenGrant(config, second.refresh_token), "invalid_grant");
  },
  "a wrong secret": async () => {
    const config = await discover("calendar", "wrong");
    // what this client calls a 401 with a challenge, as RFC 6749 has it for credentials in Basic
    await refused(oidc.refreshTokenGrant(config, "x"), "OAUTH_WWW_AUTHENTICATE_CHALLENGE");
  },
  "a machine": async () => {
    const config = await discover("machine", "correct horse battery staple");
    const tokens = await oidc.clientCredentialsGrant(config, { scope: "read:users" });
    same([tokens.token_type, tokens.expires_in], ["bearer", 3600], "the token");
    await refused(oidc.clientCredentialsGrant(config, { scope: "delete:users" }), "invalid_scope");
  },
};

for (const [name, run] of Object.entries(cases)) {
  try {
    await run();
    console.log(`ok openid-client: ${name}`);
  } catch (error) {
    console.log(`FAILED openid-client: ${name}: ${error.stack} ${JSON.stringify(error.cause ?? {})}`);
  }
}
