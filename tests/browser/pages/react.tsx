// A page with the login UI that comes with `@stytch/react`, and its hooks.
import { createStytchClient, Products, StytchLogin, StytchProvider, useStytch, useStytchUser } from '@stytch/react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { options, publicToken } from './stytch.ts';

const stytch = createStytchClient(publicToken, options);

const here = location.origin + location.pathname;
const config = {
  products: [Products.emailMagicLinks, Products.passwords],
  emailMagicLinksOptions: { loginRedirectURL: here, signupRedirectURL: here },
  passwordOptions: { loginRedirectURL: here, resetPasswordRedirectURL: here },
  sessionOptions: { sessionDurationMinutes: 60 },
};

function App() {
  const stytch = useStytch();
  const { user } = useStytchUser();
  useEffect(() => {
    void stytch.authenticateByUrl({ session_duration_minutes: 60 });
  }, [stytch]);
  if (!user) return <StytchLogin config={config} />;
  return (
    <>
      <p>Logged in as {user.emails[0]?.email}</p>
      <button onClick={() => stytch.session.revoke()}>Log out</button>
    </>
  );
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <StytchProvider stytch={stytch}>
    <App />
  </StytchProvider>,
);
