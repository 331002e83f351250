// A page with a form of its own: `@stytch/vanilla-js`, headless.
import { StytchClient } from '@stytch/vanilla-js/headless';
import { options, publicToken } from './stytch.ts';

const stytch = new StytchClient(publicToken, { keepSessionAlive: true, ...options });

document.body.innerHTML = `
  <p id="who"></p>
  <form><label>E-mail <input name="email" type="email" autocomplete="username webauthn"></label> <button>Send me a link</button></form>
  <button id="logout">Log out</button>`;

stytch.user.onChange(show);
function show() {
  const user = stytch.user.getSync();
  document.querySelector('#who')!.textContent = user ? `Logged in as ${user.emails[0]?.email ?? user.user_id}` : 'Logged out';
}

document.querySelector('form')!.addEventListener('submit', async (event) => {
  event.preventDefault();
  const email = new FormData(event.target as HTMLFormElement).get('email') as string;
  const here = location.origin + location.pathname;
  await stytch.magicLinks.email.loginOrCreate(email, { login_magic_link_url: here, signup_magic_link_url: here });
  document.querySelector('#who')!.textContent = 'Check your mailbox';
});

document.querySelector('#logout')!.addEventListener('click', () => stytch.session.revoke());

// a link leads back here with a token in the query
await stytch.authenticateByUrl({ session_duration_minutes: 60 });
show();

// for the browser's console, and for tests
Object.assign(window, { stytch });
