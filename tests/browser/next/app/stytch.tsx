'use client';
import { createStytchClient, StytchProvider } from '@stytch/nextjs';
import { useState, type ReactNode } from 'react';

export function Stytch({ publicToken, base, children }: { publicToken: string; base?: string; children: ReactNode }) {
  // `endpoints` is an option that the SDK has and its types have not. Without a base URL the SDK asks the real service.
  const options: object = base ? { endpoints: { testAPIURL: base, liveAPIURL: base } } : {};
  const [stytch] = useState(() => createStytchClient(publicToken, options));
  return <StytchProvider stytch={stytch}>{children}</StytchProvider>;
}
