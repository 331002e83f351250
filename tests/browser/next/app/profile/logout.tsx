'use client';
import { useStytch } from '@stytch/nextjs';

export function Logout() {
  const stytch = useStytch();
  const logout = async () => {
    await stytch.session.revoke();
    location.assign('/');
  };
  return <button onClick={logout}>Log out</button>;
}
