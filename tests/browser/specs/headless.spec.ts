// Logins by `@stytch/vanilla-js` without its UI: each by what a person does, or by the call that an app's own form makes.
import { createHmac } from 'node:crypto';
import type { User } from '@stytch/vanilla-js';
import { clickLink, expect, isLoggedIn, logIn, open, refusal, test } from '../fixtures.ts';
import { magicLinkLogsIn } from '../ways/magic-link.ts';

test('a magic link logs in, and a reload keeps it', async ({ page, emulator, project, site }) => {
  await magicLinkLogsIn(page, emulator, project, site);
  await page.reload();
  await expect(page.locator('#who')).toHaveText('Logged in as ada@example.com');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.locator('#who')).toHaveText('Logged out');
  expect(await isLoggedIn(page)).toBe(false);
});

test('the session of a browser is listed with its user agent and address, and its JWT holds with the keys of the project', async ({
  page,
  emulator,
  project,
  site,
}) => {
  await open(page, site);
  expect(await page.evaluate(() => fetch('/api/session').then((answer) => answer.status))).toBe(401);
  const { user_id } = await logIn(page, emulator, project);
  const { sessions } = await site.stytch.sessions.get({ user_id });
  expect(sessions).toHaveLength(1);
  const user_agent = await page.evaluate(() => navigator.userAgent);
  expect(sessions[0].attributes).toEqual({ ip_address: '127.0.0.1', user_agent });
  const local = await page.evaluate(() => fetch('/api/session').then((answer) => answer.json()));
  expect(local).toMatchObject({ session_id: sessions[0].session_id, user_id });
});

for (const { channel, to } of [
  { channel: 'sms', to: '+12025550162' },
  { channel: 'whatsapp', to: '+12025550162' },
  { channel: 'email', to: 'ada@example.com' },
] as const) {
  test(`a code by ${channel} logs in, and a wrong one does not`, async ({ page, emulator, project, site }) => {
    await open(page, site);
    const { method_id } = await page.evaluate(([channel, to]) => stytch.otps[channel].loginOrCreate(to), [channel, to] as const);
    const { code } = await emulator.message(project, to);
    const wrong = code === '000000' ? '111111' : '000000';
    const authenticate = (code: string) =>
      page.evaluate(
        ([code, id]) =>
          stytch.otps.authenticate(code, id, { session_duration_minutes: 60 }).then(
            () => 'none',
            (error) => error.error_type,
          ),
        [code, method_id] as const,
      );
    expect(await authenticate(wrong)).toBe('otp_code_not_found');
    expect(await isLoggedIn(page)).toBe(false);
    expect(await authenticate(code)).toBe('none');
    expect(await isLoggedIn(page)).toBe(true);

    // to those who are logged in a code is sent through another door, and adds to their session
    await page.evaluate(([channel, to]) => stytch.otps[channel].send(to), [channel, to] as const);
    const second = await emulator.message(project, to, 2);
    expect(second.user_id).toBe(await page.evaluate(() => stytch.user.getSync()!.user_id));
  });
}

const PASSWORD = 'correct horse battery staple';

test('a password signs up, logs in, and is reset by e-mail', async ({ page, emulator, project, site }) => {
  await open(page, site);
  const strength = await page.evaluate((password) => stytch.passwords.strengthCheck({ password, email: 'ada@example.com' }), PASSWORD);
  expect(strength).toMatchObject({ valid_password: true, breached_password: false });
  const account = { email: 'ada@example.com', password: PASSWORD, session_duration_minutes: 60 };
  await page.evaluate((account) => stytch.passwords.create(account), account);
  expect(await isLoggedIn(page)).toBe(true);
  await page.evaluate(() => stytch.session.revoke());
  expect(await isLoggedIn(page)).toBe(false);

  expect(
    await refusal(page, () => stytch.passwords.authenticate({ email: 'ada@example.com', password: 'wrong', session_duration_minutes: 60 })),
  ).toBe('unauthorized_credentials');
  await page.evaluate((account) => stytch.passwords.authenticate(account), account);
  expect(await isLoggedIn(page)).toBe(true);
  await page.evaluate(() => stytch.session.revoke());

  const here = `${site.url}/vanilla`;
  await page.evaluate((url) => stytch.passwords.resetByEmailStart({ email: 'ada@example.com', reset_password_redirect_url: url }), here);
  await clickLink(page, await emulator.message(project, 'ada@example.com'));
  await page.waitForFunction(() => globalThis.stytch !== undefined);
  const token = await page.evaluate(() => stytch.parseAuthenticateUrl());
  expect(token).toMatchObject({ handled: false, tokenType: 'reset_password' });
  const changed = { token: token!.token, password: `another ${PASSWORD}`, session_duration_minutes: 60 };
  await page.evaluate((reset) => stytch.passwords.resetByEmail(reset), changed);
  expect(await isLoggedIn(page)).toBe(true);

  const again = { email: 'ada@example.com', existing_password: changed.password, new_password: PASSWORD, session_duration_minutes: 60 };
  await page.evaluate((reset) => stytch.passwords.resetByExistingPassword(reset), again);
  expect(await isLoggedIn(page)).toBe(true);
  await page.evaluate((password) => stytch.passwords.resetBySession({ password, session_duration_minutes: 60 }), changed.password);
  await page.evaluate(() => stytch.session.revoke());
  await page.evaluate((account) => stytch.passwords.authenticate(account), { ...account, password: changed.password });
  expect(await isLoggedIn(page)).toBe(true);
});

/** The code that an authenticator app shows (RFC 6238). */
function totp(secret: string, now: Date): string {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1)! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('an authenticator app is enrolled, steps a session up, and is deleted', async ({ page, emulator, project, site }) => {
  await open(page, site);
  await logIn(page, emulator, project);
  const { secret, totp_id, recovery_codes } = await page.evaluate(() => stytch.totps.create({ expiration_minutes: 30 }));
  const { now } = await emulator.mock('GET', '/clock');
  const code = totp(secret, new Date(now));
  await page.evaluate((totp_code) => stytch.totps.authenticate({ totp_code, session_duration_minutes: 60 }), code);
  const factors = () => page.evaluate(() => stytch.session.getSync()!.authentication_factors.map((factor) => factor.type));
  expect(await factors()).toEqual(['otp', 'totp']);
  // a list, as the reference of the backend API has it, and not the one that the SDK's types say
  const listed = await page.evaluate(() => stytch.totps.recoveryCodes());
  expect(listed.totps).toEqual([{ totp_id, verified: true, recovery_codes }]);
  await page.evaluate((recovery_code) => stytch.totps.recover({ recovery_code, session_duration_minutes: 60 }), recovery_codes[0]);

  const totps = () => page.evaluate(() => stytch.user.getSync()!.totps.map((totp) => totp.totp_id));
  expect(await totps()).toEqual([totp_id]);
  await page.evaluate((id) => stytch.user.deleteTOTP(id), totp_id);
  expect(await totps()).toEqual([]);
});

test('a person chosen on the page of the provider is logged in', async ({ page, emulator, project, site }) => {
  await open(page, site);
  const here = `${site.url}/vanilla`;
  await page.evaluate((url) => stytch.oauth.google.start({ login_redirect_url: url, signup_redirect_url: url }), here);
  await expect(page.getByRole('heading')).toHaveText('Sign in with Google');
  expect(new URL(page.url()).origin).toBe(emulator.url);
  const person = page.getByRole('link').first();
  const email = await person.locator('small').innerText();
  await person.click();
  await expect(page.locator('#who')).toHaveText(`Logged in as ${email}`);
  expect(await isLoggedIn(page)).toBe(true);
  expect(await page.evaluate(() => stytch.user.getSync()!.providers.map((provider) => provider.provider_type))).toEqual(['Google']);
  void project;
});

test('a user changes their own name and metadata, and deletes a factor', async ({ page, emulator, project, site }) => {
  await open(page, site);
  const { user_id } = await logIn(page, emulator, project);
  await page.evaluate(() => stytch.user.update({ name: { first_name: 'Ada' }, untrusted_metadata: { theme: 'dark' } }));
  const known = await page.evaluate(() => stytch.user.getSync() as User);
  expect(known).toMatchObject({ user_id, name: { first_name: 'Ada' }, untrusted_metadata: { theme: 'dark' } });
  expect(await site.stytch.users.get({ user_id })).toMatchObject({ name: { first_name: 'Ada' }, untrusted_metadata: { theme: 'dark' } });

  const { method_id } = await page.evaluate(() => stytch.otps.sms.send('+12025550162'));
  const { code } = await emulator.message(project, '+12025550162');
  await page.evaluate(([code, id]) => stytch.otps.authenticate(code, id, { session_duration_minutes: 60 }), [code, method_id] as const);
  const phones = () => page.evaluate(() => stytch.user.getSync()!.phone_numbers.map((phone) => phone.phone_id));
  expect(await phones()).toEqual([method_id]);
  await page.evaluate((id) => stytch.user.deletePhoneNumber(id), method_id);
  expect(await phones()).toEqual([]);
  expect((await site.stytch.users.get({ user_id })).phone_numbers).toEqual([]);
  expect((await page.evaluate(() => stytch.user.get())).user_id).toBe(user_id);
});

test('a session is authenticated and ended by its own browser alone', async ({ page, browser, emulator, project, site }) => {
  await open(page, site);
  const { user_id } = await logIn(page, emulator, project);
  const other = await browser.newPage();
  await open(other, site);
  await logIn(other, emulator, project, 'grace@example.com');

  const endsAt = () => page.evaluate(() => Date.parse(stytch.session.getSync()!.expires_at));
  const end = await endsAt();
  await page.evaluate(() => stytch.session.authenticate());
  expect(await endsAt()).toBe(end);
  const answer = await page.evaluate(() => stytch.session.authenticate({ session_duration_minutes: 120 }));
  expect(answer.session.user_id).toBe(user_id);
  expect(await endsAt()).toBeGreaterThanOrEqual(end + 60 * 60_000);
  // a factor of somebody else's is none of this session's
  const { emails } = await other.evaluate(() => stytch.user.getSync()!);
  const foreign = await page.evaluate(
    (id) =>
      stytch.user.deleteEmail(id).then(
        () => 'none',
        (error) => error.error_type,
      ),
    emails[0].email_id,
  );
  expect(foreign).not.toBe('none');

  await page.evaluate(() => stytch.session.revoke());
  expect(await isLoggedIn(page)).toBe(false);
  expect((await site.stytch.sessions.get({ user_id })).sessions).toEqual([]);
  await other.evaluate(() => stytch.session.authenticate());
  expect(await isLoggedIn(other)).toBe(true);
  await other.close();
});
