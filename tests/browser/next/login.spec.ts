import { expect } from '@playwright/test';
import { mock, test } from './fixtures';

test('logged out, the profile leads to the login page', async ({ page }) => {
  await page.goto('/profile');
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('a magic link logs in, and the profile is rendered on the server', async ({ page, lastMessage }) => {
  await page.goto('/');
  await page.getByPlaceholder('example@email.com').fill('ada@example.com');
  await page.getByRole('button', { name: 'Continue with email' }).click();
  await page.getByRole('button', { name: 'Email me a login link' }).click();
  const { link } = await lastMessage('ada@example.com');
  await page.goto(link);
  await expect(page).toHaveURL('/profile');
  await expect(page.getByText('Logged in as ada@example.com')).toBeVisible();
  const answer = await page.request.get('/profile');
  expect(await answer.text()).toContain('ada@example.com');
});

test('a password signs up, and logging out closes the profile', async ({ page }) => {
  await page.goto('/');
  await page.getByPlaceholder('example@email.com').fill('grace@example.com');
  await page.getByRole('button', { name: 'Continue with email' }).click();
  await page.locator('input[type=password]').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page).toHaveURL('/profile');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/profile');
  await expect(page).toHaveURL('/');
});

test('a session that a test has made needs no login', async ({ page, context, project, baseURL }) => {
  const user = { emails: [{ email: 'mary@example.com' }], sessions: [{}] };
  const { sessions } = await mock('POST', `/users?project_id=${project.project_id}`, user);
  await context.addCookies([{ name: 'stytch_session', value: sessions[0].session_token, url: baseURL }]);
  // the SDK of the page asks for the session of the cookie, and writes the JWT
  await page.goto('/');
  await expect(page).toHaveURL('/profile');
  await expect(page.getByText('Logged in as mary@example.com')).toBeVisible();
});
