import { expect } from '@playwright/test';
import { test } from './fixtures';

test('logged out, the profile leads to the login page', async ({ page }) => {
  await page.goto('/profile');
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('a magic link logs in', async ({ page, lastMessage }) => {
  await page.goto('/');
  await page.getByPlaceholder('example@email.com').fill('ada@example.com');
  await page.getByRole('button', { name: 'Continue with email' }).click();
  await page.getByRole('button', { name: 'Email me a login link' }).click();
  const { link } = await lastMessage('ada@example.com');
  await page.goto(link);
  await expect(page).toHaveURL('/profile');
  await expect(page.getByText('Logged in as ada@example.com')).toBeVisible();
});
