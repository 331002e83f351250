// The client asks for its session again every three minutes. The page's clock brings the turn about, the emulator's clock
// what it finds.
import type { Page } from '@playwright/test';
import { expect, isLoggedIn, logIn, open, test } from '../fixtures.ts';

/** Lets the page's timers run on by so much, and waits for the client to have asked. */
async function turn(page: Page, by = '03:01') {
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/sdk/v1/sessions/authenticate') && answer.request().method() === 'POST');
  await page.clock.fastForward(by);
  return asked;
}

const endsAt = (page: Page) => page.evaluate(() => Date.parse(stytch.session.getSync()!.expires_at));

// the clock is the emulator's, and so every project's
test.afterEach(({ emulator }) => emulator.mock('PUT', '/clock', { now: 'system' }));

test.beforeEach(async ({ page, site, emulator, project }) => {
  await page.clock.install();
  await open(page, site);
  await logIn(page, emulator, project);
});

test('a session is extended, turn after turn', async ({ page, emulator }) => {
  let end = await endsAt(page);
  for (const _ of [1, 2]) {
    await emulator.mock('POST', '/clock/advance', { by: '20m' });
    expect((await turn(page)).status()).toBe(200);
    await expect.poll(() => endsAt(page)).toBeGreaterThanOrEqual(end + 20 * 60_000);
    end = await endsAt(page);
  }
  expect(await isLoggedIn(page)).toBe(true);
});

test('a session that has ended logs the page out, and its other tabs', async ({ page, context, site, emulator }) => {
  const tab = await context.newPage();
  await open(tab, site);
  expect(await isLoggedIn(tab)).toBe(true);
  await emulator.mock('POST', '/clock/advance', { by: '61m' });
  expect((await turn(page)).status()).toBe(404);
  await expect(page.locator('#who')).toHaveText('Logged out');
  await expect(tab.locator('#who')).toHaveText('Logged out');
  expect(await isLoggedIn(page)).toBe(false);
});

test('a session that the backend ends logs the page out', async ({ page, site }) => {
  const session_id = await page.evaluate(() => stytch.session.getSync()!.session_id);
  await site.stytch.sessions.revoke({ session_id });
  expect((await turn(page)).status()).toBe(404);
  await expect(page.locator('#who')).toHaveText('Logged out');
  expect(await isLoggedIn(page)).toBe(false);
});

test('a turn that fails is taken again until it succeeds, and the page stays logged in', async ({ page, emulator, project }) => {
  const fault = { project_id: project.project_id, path: '/sdk/v1/sessions/authenticate', error: 'internal_server_error', times: 2 };
  await emulator.mock('POST', '/faults', fault);
  expect((await turn(page)).status()).toBe(500);
  expect((await turn(page, '00:05')).status()).toBe(500);
  expect(await isLoggedIn(page)).toBe(true);
  expect((await turn(page, '00:09')).status()).toBe(200);
  expect(await isLoggedIn(page)).toBe(true);
});

test('on a new visit the cookie alone brings the session back', async ({ page, site }) => {
  await page.evaluate(() => localStorage.clear());
  await open(page, site);
  await expect(page.locator('#who')).toHaveText('Logged in as ada@example.com');
});
