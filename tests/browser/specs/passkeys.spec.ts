// Passkeys: `stytch.webauthn` of the vendor's SDK asks, and Chromium's virtual authenticator signs.
import type { CDPSession, Page, Request } from '@playwright/test';
import type { Emulator, Project } from '../emulator.ts';
import type { Site } from '../apps/site.ts';
import { expect, isLoggedIn, logIn, open, refusal, test } from '../fixtures.ts';

const HOUR = { session_duration_minutes: 60 };
const REFUSED = 'unable_to_auth_webauthn_registration';
const AUTHENTICATE = '**/sdk/v1/webauthn/authenticate';

/** An authenticator in the page's browser: one of a phone or a laptop, unless it is told otherwise. */
class Authenticator {
  private constructor(
    private readonly devtools: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async of(page: Page, options: object = {}): Promise<Authenticator> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        ...options,
      },
    });
    return new Authenticator(devtools, authenticatorId);
  }

  /** The one credential that it has. */
  async credential() {
    const { credentials } = await this.devtools.send('WebAuthn.getCredentials', { authenticatorId: this.authenticatorId });
    expect(credentials).toHaveLength(1);
    return credentials[0];
  }

  /** Puts in the place of its credential the same key, with other things said of it. */
  async change(other: { signCount?: number; rpId?: string }) {
    const { authenticatorId } = this;
    const credential = await this.credential();
    await this.devtools.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId });
    await this.devtools.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, ...other } });
  }
}

const register = (page: Page) => page.evaluate(() => stytch.webauthn.register({ is_passkey: true, session_duration_minutes: 60 }));
const logInByPasskey = (page: Page) => page.evaluate(() => stytch.webauthn.authenticate({ is_passkey: true, session_duration_minutes: 60 }));
const tryPasskey = (page: Page) => refusal(page, () => stytch.webauthn.authenticate({ is_passkey: true, session_duration_minutes: 60 }));

/** What the page keeps of its session's factors. */
const factors = (page: Page) => page.evaluate(() => stytch.session.getSync()!.authentication_factors.map((factor) => factor.type));

/** Somebody who logged in by a code, registered a passkey, and logged out. */
async function logOutWithPasskey(page: Page, emulator: Emulator, project: Project, site: Site) {
  const authenticator = await Authenticator.of(page);
  await open(page, site);
  await logIn(page, emulator, project);
  const { webauthn_registration_id, user_id } = await register(page);
  await page.evaluate(() => stytch.session.revoke());
  expect(await isLoggedIn(page)).toBe(false);
  return { authenticator, webauthn_registration_id, user_id };
}

/** What the emulator answers to a request of the SDK that is sent once more as it was. */
async function again(request: Request): Promise<[number, string]> {
  const { host, 'content-length': length, ...headers } = await request.allHeaders();
  const passed = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  const answer = await fetch(request.url(), { method: request.method(), headers: passed, body: request.postData() });
  return [answer.status, (await answer.json()).error_type];
}

test('a passkey is registered, logs in without a name, is given one, and is deleted', async ({ page, emulator, project, site }) => {
  await Authenticator.of(page);
  await open(page, site);
  const { user_id } = await logIn(page, emulator, project);
  const registered = await page.evaluate(
    () =>
      stytch.webauthn.register({
        domain: 'localhost',
        authenticator_type: 'platform',
        is_passkey: true,
        override_name: 'ada',
        override_display_name: 'Ada',
        session_duration_minutes: 60,
      }),
  );
  const { webauthn_registration_id } = registered;
  expect(registered.user_id).toBe(user_id);
  expect(await factors(page)).toEqual(['otp', 'webauthn']);
  const registrations = () => page.evaluate(() => stytch.user.getSync()!.webauthn_registrations);
  const user_agent = await page.evaluate(() => navigator.userAgent);
  const made = { webauthn_registration_id, domain: 'localhost', user_agent, authenticator_type: 'platform', verified: true };
  expect(await registrations()).toEqual([{ ...made, name: '' }]);

  await page.evaluate(() => stytch.session.revoke());
  expect(await isLoggedIn(page)).toBe(false);
  const login = await logInByPasskey(page);
  expect(login).toMatchObject({ user_id, webauthn_registration_id });
  expect(await isLoggedIn(page)).toBe(true);
  const factor = {
    type: 'webauthn',
    delivery_method: 'webauthn_registration',
    webauthn_factor: { webauthn_registration_id, domain: 'localhost', user_agent },
  };
  expect(await page.evaluate(() => stytch.session.getSync()!.authentication_factors)).toMatchObject([factor]);
  const { sessions } = await site.stytch.sessions.get({ user_id });
  expect(sessions).toHaveLength(1);
  expect(sessions[0].authentication_factors).toMatchObject([factor]);
  const local = await page.evaluate(() => fetch('/api/session').then((answer) => answer.json()));
  expect(local).toMatchObject({ session_id: sessions[0].session_id, user_id });

  await page.evaluate((id) => stytch.webauthn.update({ webauthn_registration_id: id, name: 'Phone' }), webauthn_registration_id);
  await page.evaluate(() => stytch.user.get());
  expect(await registrations()).toEqual([{ ...made, name: 'Phone' }]);
  await page.evaluate((id) => stytch.user.deleteWebauthnRegistration(id), webauthn_registration_id);
  expect(await registrations()).toEqual([]);
  await page.evaluate(() => stytch.session.revoke());
  expect(await tryPasskey(page)).toBe('webauthn_registration_not_found');
  expect(await isLoggedIn(page)).toBe(false);
});

test('a security key is a second factor of whoever is logged in, and is not registered twice', async ({ page, emulator, project, site }) => {
  await Authenticator.of(page, { transport: 'usb', hasResidentKey: false, hasUserVerification: false, isUserVerified: false });
  await open(page, site);
  const { user_id } = await logIn(page, emulator, project);
  expect(await refusal(page, () => stytch.webauthn.authenticate({ session_duration_minutes: 60 }))).toBe('no_active_webauthn_registrations');
  const registerKey = () => stytch.webauthn.register({ authenticator_type: 'cross-platform', use_base64_url_encoding: true, session_duration_minutes: 60 });
  expect(await refusal(page, registerKey)).toBe('none');
  expect(await refusal(page, registerKey)).toMatch(/^InvalidStateError/);

  await page.evaluate(() => stytch.session.revoke());
  await logIn(page, emulator, project);
  expect(await factors(page)).toEqual(['otp']);
  await page.evaluate((duration) => stytch.webauthn.authenticate(duration), HOUR);
  expect(await factors(page)).toEqual(['otp', 'webauthn']);
  expect((await site.stytch.sessions.get({ user_id })).sessions).toHaveLength(1);
});

test('a passkey is offered where a name is typed, and logs in', async ({ page, emulator, project, site }) => {
  const { user_id } = await logOutWithPasskey(page, emulator, project, site);
  const login = await page.evaluate(
    () => stytch.webauthn.authenticate({ conditional_mediation: true, is_passkey: true, session_duration_minutes: 60 }),
  );
  expect(login?.user_id).toBe(user_id);
  expect(await factors(page)).toEqual(['webauthn']);
});

test('a replayed assertion is refused', async ({ page, emulator, project, site }) => {
  const { user_id } = await logOutWithPasskey(page, emulator, project, site);
  const sent = page.waitForRequest(AUTHENTICATE);
  await logInByPasskey(page);
  expect(await again(await sent)).toEqual([401, REFUSED]);
  expect((await site.stytch.sessions.get({ user_id })).sessions).toHaveLength(1);
});

test('of two that send one assertion, one logs in', async ({ page, emulator, project, site }) => {
  const { user_id } = await logOutWithPasskey(page, emulator, project, site);
  // the page's own request is held back
  await page.route(AUTHENTICATE, (route) => route.abort());
  const sent = page.waitForRequest(AUTHENTICATE);
  await tryPasskey(page);
  const request = await sent;
  const answers = await Promise.all([again(request), again(request), again(request)]);
  expect(answers.map(([status]) => status).sort()).toEqual([200, 401, 401]);
  expect((await site.stytch.sessions.get({ user_id })).sessions).toHaveLength(1);
});

test('what a page of a foreign origin had signed is refused, and so is what it asks for itself', async ({ page, emulator, project, site }) => {
  const host = (name: string) => ({ ...site, url: site.url.replace('localhost', name) });
  const { authenticator, user_id } = await logOutWithPasskey(page, emulator, project, host('app.localhost'));
  expect(await authenticator.credential()).toMatchObject({ rpId: 'app.localhost' });

  await open(page, host('evil.localhost'));
  // the browser does not sign for a domain that is not the page's
  const ask = () => stytch.webauthn.authenticate({ domain: 'app.localhost', session_duration_minutes: 60 });
  expect(await refusal(page, ask)).toMatch(/^SecurityError/);
  // an authenticator that does: it has the right key, and the page has the options of the right domain
  await authenticator.change({ rpId: 'evil.localhost' });
  await page.route('**/sdk/v1/webauthn/authenticate/start/primary', async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    expect(text).toContain('app.localhost');
    await route.fulfill({ response: answer, body: text.replaceAll('app.localhost', 'evil.localhost') });
  });
  const sent = page.waitForRequest(AUTHENTICATE);
  expect(await refusal(page, ask)).toBe(REFUSED);
  const credential = JSON.parse((await sent).postDataJSON().public_key_credential);
  const clientData = JSON.parse(Buffer.from(credential.response.clientDataJSON, 'base64url').toString());
  expect(clientData).toMatchObject({ type: 'webauthn.get', origin: host('evil.localhost').url, crossOrigin: false });
  expect(await isLoggedIn(page)).toBe(false);
  expect((await site.stytch.sessions.get({ user_id })).sessions).toEqual([]);

  // the same key for the right page
  await page.unrouteAll();
  await authenticator.change({ rpId: 'app.localhost' });
  await open(page, host('app.localhost'));
  expect(await tryPasskey(page)).toBe('none');
});

test('a clone, whose sign count is lower, is refused', async ({ page, emulator, project, site }) => {
  const { authenticator, user_id } = await logOutWithPasskey(page, emulator, project, site);
  await logInByPasskey(page);
  await page.evaluate(() => stytch.session.revoke());
  const { signCount } = await authenticator.credential();
  expect(signCount).toBeGreaterThan(1);

  // it counts up before it signs: the same count once more, and then a lower one
  for (const lower of [signCount - 1, 0]) {
    await authenticator.change({ signCount: lower });
    expect(await tryPasskey(page), `${lower}`).toBe(REFUSED);
    expect(await isLoggedIn(page)).toBe(false);
  }
  expect((await site.stytch.sessions.get({ user_id })).sessions).toEqual([]);
  await authenticator.change({ signCount });
  expect(await tryPasskey(page)).toBe('none');
});
