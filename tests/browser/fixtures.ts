// What the tests are given: an emulator for each worker, a project for each test.
import { test as base, expect, type Page } from '@playwright/test';
import { Emulator, type Message, type Project } from './emulator.ts';

export { expect };

interface Given {
  project: Project;
}

export const test = base.extend<Given, { emulator: Emulator }>({
  emulator: [
    async ({}, use) => {
      const emulator = await Emulator.start();
      await use(emulator);
      await emulator.stop();
    },
    { scope: 'worker' },
  ],
  project: async ({ emulator }, use) => {
    await use(await emulator.project());
    // the clock is every project's, and may have been moved
    await emulator.mock('POST', '/reset');
  },
});

/** Opens a message as a mailbox does, and clicks the link in it. */
export async function clickLink(page: Page, message: Message) {
  await page.setContent('<a>Log in</a>');
  await page.locator('a').evaluate((link: HTMLAnchorElement, href) => (link.href = href), message.link);
  await page.getByRole('link', { name: 'Log in' }).click();
}
