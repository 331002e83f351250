// A page with the login UI that comes with `@stytch/vanilla-js`.
import { Products, StytchClient, StytchUI } from '@stytch/vanilla-js';
import { options, publicToken } from './stytch.ts';

const stytch = new StytchClient(publicToken, options);

customElements.define('stytch-ui', StytchUI);
const login = document.createElement('stytch-ui') as InstanceType<typeof StytchUI>;
const who = document.createElement('p');
who.id = 'who';
document.body.append(who, login);

const here = location.origin + location.pathname;
login.render({
  client: stytch,
  config: {
    products: [Products.emailMagicLinks, Products.passwords],
    emailMagicLinksOptions: { loginRedirectURL: here, signupRedirectURL: here },
    passwordOptions: { loginRedirectURL: here, resetPasswordRedirectURL: here },
    sessionOptions: { sessionDurationMinutes: 60 },
  },
});

stytch.user.onChange(show);
function show() {
  const user = stytch.user.getSync();
  who.textContent = user ? `Logged in as ${user.emails[0]?.email}` : 'Logged out';
}

await stytch.authenticateByUrl({ session_duration_minutes: 60 });
show();
