// The login that every way to the emulator has to pass.
import { expect, type Page } from '@playwright/test';
import type { Site } from '../apps/site.ts';
import type { Emulator, Project } from '../emulator.ts';
import { clickLink } from '../fixtures.ts';

export async function magicLinkLogsIn(page: Page, emulator: Emulator, project: Project, site: Site) {
  await page.goto(`${site.url}/vanilla`);
  await expect(page.locator('#who')).toHaveText('Logged out');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.locator('#who')).toHaveText('Check your mailbox');
  await clickLink(page, await emulator.message(project, 'ada@example.com'));
  await expect(page.locator('#who')).toHaveText('Logged in as ada@example.com');
}
