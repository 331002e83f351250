import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { sessionOf, stytch } from '../../session';
import { Logout } from './logout';

/** For those who are logged in. What it shows is asked for and rendered on the server. */
export default async function Profile() {
  const session = await sessionOf(await cookies());
  if (!session) redirect('/');
  const user = await stytch().users.get({ user_id: session.user_id });
  return (
    <>
      <h1>Profile</h1>
      <p>Logged in as {user.emails[0]?.email}</p>
      <Logout />
    </>
  );
}
