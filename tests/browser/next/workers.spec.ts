// What the app relies on: keys of its own project, and users that no other worker sees.
import { expect } from '@playwright/test';
import { mock, test } from './fixtures';

const user = { emails: [{ email: 'everybody@example.com' }], sessions: [{}] };

/** A JWT of the session that somebody has in a project. */
async function jwtOf(project: { project_id: string; secret: string }, session_token: string): Promise<string> {
  const answer = await fetch(`${process.env.STYTCH_BASE_URL}/v1/sessions/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${project.project_id}:${project.secret}`)}` },
    body: JSON.stringify({ session_token }),
  });
  return (await answer.json()).session_jwt;
}

for (const copy of [1, 2, 3, 4]) {
  test(`the same address is another user in each project (${copy} of 4)`, async ({ page, project, lastMessage }) => {
    // a worker may come to a second copy, and a user who is there already is asked for less
    await mock('POST', `/reset?project_id=${project.project_id}`);
    await page.goto('/');
    await page.getByPlaceholder('example@email.com').fill('everybody@example.com');
    await page.getByRole('button', { name: 'Continue with email' }).click();
    await page.getByRole('button', { name: 'Email me a login link' }).click();
    const { link, user_id } = await lastMessage('everybody@example.com');
    await page.goto(link);
    await expect(page.getByText('Logged in as everybody@example.com')).toBeVisible();

    const usersOf = async (id: string) => (await mock('GET', `/state?project_id=${id}`)).projects[0].users.map((user: any) => user.user_id);
    const { projects } = await mock('GET', '/projects');
    const holders = [];
    for (const { project_id } of projects) if ((await usersOf(project_id)).includes(user_id)) holders.push(project_id);
    expect(holders).toEqual([project.project_id]);
  });
}

test('the JWT of the cookie is checked by the keys alone, and one of another project is none', async ({ page, context, project, baseURL }) => {
  const own = await mock('POST', `/users?project_id=${project.project_id}`, { ...user, emails: [{ email: 'mary@example.com' }] });
  const value = await jwtOf(project, own.sessions[0].session_token);
  await mock('DELETE', `/requests?project_id=${project.project_id}`);
  await context.addCookies([{ name: 'stytch_session_jwt', value, url: baseURL }]);
  expect(await (await page.request.get('/profile')).text()).toContain('mary@example.com');
  const { requests } = await mock('GET', `/requests?project_id=${project.project_id}`);
  // the keys may have been asked for before
  const paths = new Set(requests.map((request: { path: string }) => request.path));
  paths.delete(`/v1/sessions/jwks/${project.project_id}`);
  expect([...paths]).toEqual([`/v1/users/${own.user_id}`]);

  const other = await mock('POST', '/projects');
  const stranger = await mock('POST', `/users?project_id=${other.project_id}`, user);
  const foreign = await jwtOf(other, stranger.sessions[0].session_token);
  const [head, claims, signature] = value.split('.');
  const forged = [head, claims, [...signature].reverse().join('')].join('.');
  for (const none of [foreign, forged, 'nonsense']) {
    await context.addCookies([{ name: 'stytch_session_jwt', value: none, url: baseURL }]);
    const answer = await page.request.get('/profile', { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location]).toEqual([307, '/']);
  }
  await mock('DELETE', `/projects/${other.project_id}`);
});
