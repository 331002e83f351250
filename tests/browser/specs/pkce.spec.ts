// A project that requires PKCE: the client keeps a verifier in its browser, and no other browser can use what was sent.
import { clickLink, expect, isLoggedIn, open, test } from '../fixtures.ts';
import { magicLinkLogsIn } from '../ways/magic-link.ts';

test.use({
  seed: {
    bootstrap: {
      pkce_required_for_email_magic_links: true,
      pkce_required_for_password_resets: true,
      pkce_required_for_oauth: true,
    },
  },
});

test('a magic link logs in where it was asked for', async ({ page, emulator, project, site }) => {
  await magicLinkLogsIn(page, emulator, project, site);
  expect(await isLoggedIn(page)).toBe(true);
});

test('a magic link logs nobody in elsewhere', async ({ page, browser, emulator, project, site }) => {
  await open(page, site);
  const here = `${site.url}/vanilla`;
  await page.evaluate((url) => stytch.magicLinks.email.loginOrCreate('ada@example.com', { login_magic_link_url: url, signup_magic_link_url: url }), here);
  const other = await browser.newPage();
  const refused = other.waitForResponse((answer) => answer.url().endsWith('/sdk/v1/magic_links/authenticate') && answer.request().method() === 'POST');
  await clickLink(other, await emulator.message(project, 'ada@example.com'));
  expect(await (await refused).json()).toMatchObject({ status_code: 400, error_type: 'pkce_expected_code_verifier' });
  await other.close();
});

test('a link that was asked for without a challenge is refused', async ({ page, emulator, project, site }) => {
  await open(page, site);
  const { public_token } = project;
  const answer = await page.evaluate(
    ([url, authorization]) =>
      fetch(`${url}/sdk/v1/magic_links/email/login_or_create`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{"email":"ada@example.com"}',
      }).then((answer) => answer.status),
    [emulator.url, `Basic ${btoa(`${public_token}:${public_token}`)}`] as const,
  );
  expect(answer).toBe(400);
});

test('a person chosen on the page of the provider is logged in', async ({ page, site }) => {
  await open(page, site);
  const here = `${site.url}/vanilla`;
  await page.evaluate((url) => stytch.oauth.google.start({ login_redirect_url: url, signup_redirect_url: url }), here);
  await expect(page.getByRole('heading')).toHaveText('Sign in with Google');
  expect(new URL(page.url()).searchParams.get('code_challenge')).toBeTruthy();
  await page.getByRole('link').first().click();
  await expect(page.locator('#who')).toHaveText(/^Logged in as /);
});

test('a password is reset by e-mail', async ({ page, emulator, project, site }) => {
  await open(page, site);
  const here = `${site.url}/vanilla`;
  const account = { email: 'ada@example.com', password: 'correct horse battery staple', session_duration_minutes: 60 };
  await page.evaluate((account) => stytch.passwords.create(account), account);
  await page.evaluate(() => stytch.session.revoke());
  await page.evaluate((url) => stytch.passwords.resetByEmailStart({ email: 'ada@example.com', reset_password_redirect_url: url }), here);
  await clickLink(page, await emulator.message(project, 'ada@example.com'));
  await page.waitForFunction(() => globalThis.stytch !== undefined);
  await page.evaluate((password) => {
    const { token } = stytch.parseAuthenticateUrl()!;
    return stytch.passwords.resetByEmail({ token, password, session_duration_minutes: 60 });
  }, 'another correct horse battery staple');
  expect(await isLoggedIn(page)).toBe(true);
});
