import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { Stytch } from './stytch';

export default async function Layout({ children }: { children: ReactNode }) {
  // the variables are read when a page is asked for, not when the app is built: one build serves every project
  await connection();
  const { STYTCH_PUBLIC_TOKEN, STYTCH_BASE_URL } = process.env;
  return (
    <html lang="en">
      <body>
        <Stytch publicToken={STYTCH_PUBLIC_TOKEN ?? ''} base={STYTCH_BASE_URL}>
          {children}
        </Stytch>
      </body>
    </html>
  );
}
