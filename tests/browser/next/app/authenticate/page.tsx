'use client';
import { useStytch } from '@stytch/nextjs';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Where the links of messages lead. */
export default function Authenticate() {
  const stytch = useStytch();
  const router = useRouter();
  useEffect(() => {
    stytch.authenticateByUrl({ session_duration_minutes: 60 }).then(
      () => router.replace('/profile'),
      () => router.replace('/'),
    );
  }, [stytch, router]);
  return <p>One moment</p>;
}
