// An app that renders on the server, and whose logins a browser starts and ends.
import { clickLink, expect, test as base } from '../fixtures.ts';
import { start } from '../apps/server/app.ts';

const test = base.extend<{ app: Awaited<ReturnType<typeof start>> }>({
  app: async ({ emulator, project }, use) => {
    const app = await start({ ...project, base_url: emulator.url });
    await use(app);
    app.stop();
  },
});

// the clock is the emulator's, and so every project's
test.afterEach(({ emulator }) => emulator.mock('PUT', '/clock', { now: 'system' }));

test('a click on the link in the outbox signs up, and the session is listed until it is ended', async ({ page, app, emulator, project }) => {
  await page.goto(`${app.url}/profile`);
  await expect(page).toHaveURL(`${app.url}/`);

  await page.getByLabel('E-mail').fill('new@example.com');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByRole('heading')).toHaveText('Check your mailbox');
  const message = await emulator.message(project, 'new@example.com');
  await clickLink(page, message);
  await expect(page).toHaveURL(`${app.url}/profile`);
  await expect(page.locator('#email')).toHaveText('new@example.com');
  expect((await app.client.sessions.get({ user_id: message.user_id })).sessions).toHaveLength(1);

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('heading')).toHaveText('Log in');
  expect((await app.client.sessions.get({ user_id: message.user_id })).sessions).toHaveLength(0);
});

test('the link can be followed on the page of the emulator', async ({ page, app, emulator }) => {
  await page.goto(app.url);
  await page.getByLabel('E-mail').fill('new@example.com');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByRole('heading')).toHaveText('Check your mailbox');
  await page.goto(`${emulator.url}/__mock/#/outbox`);
  const tab = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Follow the link to new@example.com' }).click();
  await expect((await tab).locator('#email')).toHaveText('new@example.com');
});

test('a link counts once', async ({ page, app, emulator, project }) => {
  await page.goto(app.url);
  await page.getByLabel('E-mail').fill('new@example.com');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByRole('heading')).toHaveText('Check your mailbox');
  const message = await emulator.message(project, 'new@example.com');
  await clickLink(page, message);
  await expect(page).toHaveURL(`${app.url}/profile`);

  await page.context().clearCookies();
  await clickLink(page, message);
  await expect(page.getByRole('heading')).toHaveText('Not logged in');
  await expect(page.locator('#error')).toHaveText('unable_to_auth_magic_link');
});

test('a person chosen on the page of the provider is logged in', async ({ page, app, emulator }) => {
  await page.goto(app.url);
  await page.getByRole('link', { name: 'Continue with Google' }).click();
  expect(new URL(page.url()).origin).toBe(emulator.url);
  await expect(page.getByRole('heading')).toHaveText('Sign in with Google');
  const person = page.getByRole('link').first();
  const email = await person.locator('small').innerText();
  await person.click();
  await expect(page).toHaveURL(`${app.url}/profile`);
  await expect(page.locator('#email')).toHaveText(email);
});

test('a session that ends by the clock logs out', async ({ page, app, emulator, project }) => {
  await page.goto(app.url);
  await page.getByLabel('E-mail').fill('new@example.com');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByRole('heading')).toHaveText('Check your mailbox');
  await clickLink(page, await emulator.message(project, 'new@example.com'));
  await expect(page).toHaveURL(`${app.url}/profile`);

  await emulator.mock('POST', '/clock/advance', { by: '61m' });
  await page.reload();
  await expect(page.locator('#error')).toHaveText('session_not_found');
});
