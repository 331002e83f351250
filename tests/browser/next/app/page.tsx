'use client';
import { Products, StytchLogin, useStytchUser } from '@stytch/nextjs';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

export default function Login() {
  const router = useRouter();
  const { user } = useStytchUser();
  useEffect(() => {
    if (user) router.replace('/profile');
  }, [user, router]);
  const redirectURL = typeof location === 'undefined' ? '' : `${location.origin}/authenticate`;
  return (
    <>
      <h1>Log in</h1>
      <StytchLogin
        config={{
          products: [Products.emailMagicLinks, Products.passwords],
          emailMagicLinksOptions: { loginRedirectURL: redirectURL, signupRedirectURL: redirectURL },
          passwordOptions: { loginRedirectURL: redirectURL, resetPasswordRedirectURL: redirectURL },
          sessionOptions: { sessionDurationMinutes: 60 },
        }}
      />
    </>
  );
}
