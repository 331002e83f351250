// What a page of another site may do with the emulator: call what browsers are meant to call, and nothing else.
import type { Page } from '@playwright/test';
import { expect, logIn, open, test } from '../fixtures.ts';

interface Attempt {
  url: string;
  init?: RequestInit;
}

/** What a page gets to see of a request that it makes. */
function attempt(page: Page, { url, init }: Attempt): Promise<string> {
  return page.evaluate(
    ([url, init]) =>
      fetch(url, init).then(
        async (answer) => (answer.type === 'opaque' ? 'opaque' : `${answer.status} ${await answer.text()}`),
        (error) => error.message,
      ),
    [url, init] as const,
  );
}

// by address the emulator is another site, by this name only another origin of the page's own
const HOSTS = ['127.0.0.1', 'localhost'];

for (const host of HOSTS) {
  test(`a page can't read the backend API, even with its credentials (${host})`, async ({ page, emulator, project, site }) => {
    await open(page, site);
    const { user_id } = await logIn(page, emulator, project);
    const base = emulator.url.replace('127.0.0.1', host);
    const authorization = `Basic ${Buffer.from(`${project.project_id}:${project.secret}`).toString('base64')}`;
    // the credentials are right
    expect((await fetch(`${emulator.url}/v1/sessions?user_id=${user_id}`, { headers: { authorization } })).status).toBe(200);

    const headers = { authorization };
    const json = { ...headers, 'content-type': 'application/json' };
    for (const init of [{ headers }, { headers, credentials: 'include' as const }, {}]) {
      expect(await attempt(page, { url: `${base}/v1/sessions?user_id=${user_id}`, init })).toBe('Failed to fetch');
    }
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const body = method === 'POST' ? '{"email":"eve@example.com"}' : undefined;
      expect(await attempt(page, { url: `${base}/v1/users`, init: { method, headers: json, body } })).toBe('Failed to fetch');
    }
    // what goes without a preflight has no credentials
    const blind: RequestInit = { mode: 'no-cors', method: 'POST', body: '{"email":"eve@example.com"}', headers };
    expect(await attempt(page, { url: `${base}/v1/users`, init: blind })).toBe('opaque');
    const { results } = await site.stytch.users.search({ query: { operator: 'AND', operands: [{ filter_name: 'email_address', filter_value: ['eve@example.com'] }] } });
    expect(results).toEqual([]);
  });

  test(`a page can't read or steer the control plane (${host})`, async ({ page, emulator, project, site }) => {
    await open(page, site);
    const { user_id } = await logIn(page, emulator, project);
    const base = emulator.url.replace('127.0.0.1', host);
    for (const path of ['/__mock/state', '/__mock/outbox', '/__mock/projects', '/__mock/requests', '/__mock/health']) {
      expect(await attempt(page, { url: base + path }), path).toBe('Failed to fetch');
      expect(await attempt(page, { url: base + path, init: { mode: 'no-cors' } }), path).toBe('opaque');
    }
    const reset = { url: `${base}/__mock/reset?project_id=${project.project_id}`, init: { method: 'POST' } };
    expect(await attempt(page, reset)).toBe('Failed to fetch');
    expect(await attempt(page, { ...reset, init: { method: 'POST', mode: 'no-cors' } })).toBe('opaque');
    expect(await attempt(page, { url: `${base}/__mock/projects/${project.project_id}`, init: { method: 'DELETE' } })).toBe('Failed to fetch');

    // nor by what a page can do without a script's fetch
    const beacon = await page.evaluate((url) => navigator.sendBeacon(url, '{}'), reset.url);
    expect(beacon).toBe(true);
    const shown = await page.evaluate((src) => {
      const elements = ['img', 'script'].map((name) => Object.assign(document.createElement(name) as HTMLImageElement, { src }));
      document.body.append(...elements);
      const outcome = (element: HTMLElement) =>
        new Promise<string>((done) => ['load', 'error'].forEach((event) => element.addEventListener(event, () => done(event))));
      return Promise.all(elements.map(outcome));
    }, `${base}/__mock/state`);
    expect(shown).toEqual(['error', 'error']);
    const framed = page.waitForResponse(`${base}/__mock/state`);
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${base}/__mock/state`);
    expect((await framed).status()).toBe(403);
    const sent = page.waitForResponse(reset.url);
    await page.evaluate((action) => {
      const form = Object.assign(document.createElement('form'), { action, method: 'post' });
      document.body.append(form);
      form.submit();
    }, reset.url);
    expect((await sent).status()).toBe(403);

    // all is as it was
    expect((await site.stytch.sessions.get({ user_id })).sessions).toHaveLength(1);
  });
}

test('a page of any origin may log its own user in', async ({ page, browser, emulator, project, site }) => {
  await open(page, site);
  await logIn(page, emulator, project);
  const other = await browser.newPage();
  await open(other, { ...site, url: site.url.replace('localhost', '127.0.0.1') });
  await logIn(other, emulator, project, 'grace@example.com');
  expect(await other.evaluate(() => stytch.user.getSync()!.emails[0].email)).toBe('grace@example.com');
  await other.close();
});
