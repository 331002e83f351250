import { Client, envs } from 'stytch';

let client: Client | undefined;

/** The backend SDK, set up when it is first needed: there are no credentials when the app is built. */
export function stytch() {
  const { STYTCH_PROJECT_ID = '', STYTCH_SECRET = '', STYTCH_BASE_URL } = process.env;
  return (client ??= new Client({ project_id: STYTCH_PROJECT_ID, secret: STYTCH_SECRET, env: STYTCH_BASE_URL ?? envs.test }));
}

/** The session of a request. The JWT of its cookie is checked with Stytch's keys; one that has expired, by asking Stytch. */
export async function sessionOf(cookies: { get(name: string): { value: string } | undefined }) {
  const session_jwt = cookies.get('stytch_session_jwt')?.value;
  if (!session_jwt) return null;
  const answer = await stytch()
    .sessions.authenticateJwt({ session_jwt })
    .catch(() => null);
  return answer && answer.session;
}
