// Which refusals of a session call log the browser out, and which it takes for a passing trouble.
import type { Page } from '@playwright/test';
import type { Emulator, Project } from '../emulator.ts';
import { expect, isLoggedIn, logIn, open, refusal, test } from '../fixtures.ts';

/** A refusal with a type that the emulator has no reason for; the SDK reads it all the same. */
const typed = (status: number, error_type: string) => ({
  status,
  body: JSON.stringify({ status_code: status, request_id: 'request-id-test-1', error_type, error_message: 'No.', error_url: 'https://stytch.com' }),
});

const LOGS_OUT = [
  { name: 'unauthorized_credentials', effect: { error: 'unauthorized_credentials' } },
  { name: 'session_not_found', effect: { error: 'session_not_found' } },
  { name: 'user_unauthenticated', effect: typed(401, 'user_unauthenticated') },
  { name: 'invalid_secret_authentication', effect: typed(401, 'invalid_secret_authentication') },
];

const PASSES = [
  { name: 'internal_server_error', effect: { error: 'internal_server_error' } },
  { name: 'too_many_requests', effect: { error: 'too_many_requests' } },
  { name: 'user_not_found', effect: { error: 'user_not_found' } },
  { name: 'StytchAPIUnreachableError: Unable to contact our servers.', effect: { close: 'before_headers' } },
  { name: 'StytchAPIUnreachableError: Invalid response from our servers.', effect: { status: 503, body: 'busy', content_type: 'text/plain' } },
  { name: 'StytchAPIUnreachableError: Invalid or no response from server', effect: { status: 502, body: 'no JSON' } },
  { name: 'StytchAPIUnreachableError: Invalid JSON response from our servers.', effect: { status: 200, body: 'no JSON' } },
  { name: 'StytchAPISchemaError: Request does not match expected schema', effect: { status: 400, body: '{"body":[{"dataPath":".token","message":"no"}]}' } },
];

const CALLS = {
  authenticate: () => stytch.session.authenticate(),
  revoke: () => stytch.session.revoke(),
};

/** What the client makes of a call that is answered like this. */
async function provoke(page: Page, emulator: Emulator, { project_id }: Project, call: keyof typeof CALLS, effect: object) {
  // as often as it is asked: a browser repeats a request by itself where a connection was closed
  await emulator.mock('POST', '/faults', { project_id, path: `/sdk/v1/sessions/${call}`, ...effect });
  const name = await refusal(page, CALLS[call]);
  await emulator.mock('DELETE', `/faults?project_id=${project_id}`);
  return name;
}

test.beforeEach(async ({ page, site, emulator, project }) => {
  await open(page, site);
  await logIn(page, emulator, project);
});

for (const call of ['authenticate', 'revoke'] as const) {
  for (const { name, effect } of LOGS_OUT) {
    test(`${call}: ${name} logs out`, async ({ page, emulator, project }) => {
      expect(await provoke(page, emulator, project, call, effect)).toBe(name);
      expect(await isLoggedIn(page)).toBe(false);
    });
  }

  test(`${call}: all else does not log out`, async ({ page, emulator, project }) => {
    for (const { name, effect } of PASSES) {
      expect(await provoke(page, emulator, project, call, effect)).toBe(name);
      expect(await isLoggedIn(page), name).toBe(true);
    }
    expect(await refusal(page, CALLS[call])).toBe('none');
    expect(await isLoggedIn(page)).toBe(call === 'authenticate');
  });
}

test('a session of another project, and a token that is none, log out without any fault', async ({ page, context, emulator, site }) => {
  const other = await emulator.project({ users: [{ external_id: 'eve', sessions: [{ session_token: 'token-of-eve' }] }] });
  expect(other.project_id).toBeTruthy();
  for (const value of ['token-of-eve', 'nonsense']) {
    await open(page, site);
    const cookies = await context.cookies();
    await context.addCookies([{ ...cookies.find(({ name }) => name === 'stytch_session')!, value }]);
    expect(await refusal(page, CALLS.authenticate)).toBe('session_not_found');
    expect(await isLoggedIn(page)).toBe(false);
    const cookiesAgain = cookies.filter(({ name }) => name.startsWith('stytch_session'));
    await context.addCookies(cookiesAgain);
  }
});

test('a wrong code leaves a session as it was', async ({ page }) => {
  expect(await refusal(page, () => stytch.totps.authenticate({ totp_code: '000000', session_duration_minutes: 60 }))).not.toBe('none');
  expect(await isLoggedIn(page)).toBe(true);
});
