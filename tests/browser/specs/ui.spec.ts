// The login UI that comes with the SDKs, used as a person uses it.
import { clickLink, expect, test } from '../fixtures.ts';

for (const name of ['vanilla-ui', 'react']) {
  test(`${name}: a magic link logs in`, async ({ page, emulator, project, site }) => {
    await page.goto(`${site.url}/${name}`);
    await page.getByPlaceholder('example@email.com').fill('ada@example.com');
    await page.getByRole('button', { name: 'Continue with email' }).click();
    await page.getByRole('button', { name: 'Email me a login link' }).click();
    await expect(page.getByText('Check your email')).toBeVisible();
    await clickLink(page, await emulator.message(project, 'ada@example.com'));
    await expect(page.getByText('Logged in as ada@example.com')).toBeVisible();
  });

  test(`${name}: a password signs up, and logs in on the next visit`, async ({ page, site }) => {
    await page.goto(`${site.url}/${name}`);
    const enter = async () => {
      await page.getByPlaceholder('example@email.com').fill('ada@example.com');
      await page.getByRole('button', { name: 'Continue with email' }).click();
      await page.locator('input[type=password]').fill('correct horse battery staple');
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await expect(page.getByText('Logged in as ada@example.com')).toBeVisible();
    };
    await enter();
    await page.context().clearCookies();
    await page.reload();
    await enter();
  });

  test(`${name}: a weak password is refused in the words of the strength check`, async ({ page, site }) => {
    await page.goto(`${site.url}/${name}`);
    await page.getByPlaceholder('example@email.com').fill('ada@example.com');
    await page.getByRole('button', { name: 'Continue with email' }).click();
    await page.locator('input[type=password]').fill('password');
    await expect(page.getByText('This is a top-10 common password.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue', exact: true })).toBeDisabled();
  });
}

test.describe('a project that counts kinds of characters', () => {
  test.use({ seed: { password_strength: { policy: 'luds', min_complexity: 3, min_length: 10 } } });

  test('the UI says what a password lacks', async ({ page, site }) => {
    await page.goto(`${site.url}/vanilla-ui`);
    await page.getByPlaceholder('example@email.com').fill('ada@example.com');
    await page.getByRole('button', { name: 'Continue with email' }).click();
    await page.locator('input[type=password]').fill('abc');
    await expect(page.getByText('Must be at least 10 characters long')).toBeVisible();
    await expect(page.getByText('Must contain 3 of the following')).toBeVisible();
    await page.locator('input[type=password]').fill('Abcdefghi123');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(page.getByText('Logged in as ada@example.com')).toBeVisible();
  });
});
