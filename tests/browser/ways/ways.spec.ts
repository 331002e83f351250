// Pages that know of no emulator: they ask https://test.stytch.com, or a domain of the project's own. What leads them to
// the emulator is outside of them, and the configuration that runs this says what.
import { serve } from '../apps/site.ts';
import { expect, isLoggedIn, test } from '../fixtures.ts';
import { magicLinkLogsIn } from './magic-link.ts';

for (const { where, host } of [
  { where: {}, host: 'test.stytch.com' },
  { where: { STYTCH_DOMAIN: 'https://login.app.test' }, host: 'login.app.test' },
]) {
  test(`a magic link logs in through https://${host}`, async ({ page, emulator, project }) => {
    const site = await serve(project, emulator.url, where);
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    await magicLinkLogsIn(page, emulator, project, site);
    expect(await isLoggedIn(page)).toBe(true);
    expect([...asked].sort()).toEqual([`http://localhost:${new URL(site.url).port}`, `https://${host}`]);
    site.stop();
  });
}
