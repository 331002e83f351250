// What the tests are given: an emulator for each worker; a project, its pages and their server for each test.
import { test as base, expect, type Page } from '@playwright/test';
import type { StytchClient } from '@stytch/vanilla-js/headless';
import { serve, type Site } from './apps/site.ts';
import { Emulator, type Message, type Project } from './emulator.ts';

export { expect };

declare global {
  /** The client of the page `vanilla`. */
  var stytch: StytchClient;
}

interface Given {
  /** What the project is made from, where it is not a clone of the seed's first. */
  seed: object | undefined;
  project: Project;
  site: Site;
}

export const test = base.extend<Given, { emulator: Emulator }>({
  emulator: [
    async ({}, use) => {
      // the SDK for backends warns about its own `env` option
      console.warn = () => {};
      const shared = process.env.STYTCH_BASE_URL;
      const emulator = shared ? Emulator.at(shared) : await Emulator.start();
      await use(emulator);
      await emulator.stop();
    },
    { scope: 'worker' },
  ],
  seed: [undefined, { option: true }],
  project: async ({ emulator, seed }, use) => {
    const project = await emulator.project(seed);
    await use(project);
    await emulator.mock('DELETE', `/projects/${project.project_id}`);
  },
  site: async ({ emulator, project }, use) => {
    const site = await serve(project, emulator.url);
    await use(site);
    site.stop();
  },
});

/** Opens a message as a mailbox does, and clicks the link in it. */
export async function clickLink(page: Page, message: Message) {
  await page.setContent('<a>Log in</a>');
  await page.locator('a').evaluate((link: HTMLAnchorElement, href) => (link.href = href), message.link);
  await page.getByRole('link', { name: 'Log in' }).click();
}

/** Opens the page with the headless client, and waits until it is there. */
export async function open(page: Page, site: Site) {
  await page.goto(`${site.url}/vanilla`);
  await page.waitForFunction(() => globalThis.stytch !== undefined);
}

/** Logs in by a code sent to an e-mail address, for an hour. */
export async function logIn(page: Page, emulator: Emulator, project: Project, email = 'ada@example.com') {
  const { method_id } = await page.evaluate((email) => stytch.otps.email.loginOrCreate(email), email);
  const { code } = await emulator.message(project, email);
  return page.evaluate(([code, id]) => stytch.otps.authenticate(code, id, { session_duration_minutes: 60 }), [code, method_id] as const);
}

/** Whether the client takes somebody to be logged in; its cookies always have to agree. */
export async function isLoggedIn(page: Page): Promise<boolean> {
  const cookies = (await page.context().cookies()).map((cookie) => cookie.name).filter((name) => name.startsWith('stytch_session'));
  const session = await page.evaluate(() => stytch.session.getSync() !== null);
  expect(cookies.sort()).toEqual(session ? ['stytch_session', 'stytch_session_jwt'] : []);
  return session;
}

/** What a call of the client came to: nothing, or the name and the type of its error. */
export function refusal(page: Page, call: () => Promise<unknown>): Promise<string> {
  return page.evaluate(
    `(${call})().then(() => 'none', (error) => error.error_type ?? error.name + ': ' + error.message.split('\\n')[0])`,
  );
}
