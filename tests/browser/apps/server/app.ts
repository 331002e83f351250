// A small app that renders on the server: logs in by a link sent to a mailbox or by Google, through Stytch's backend SDK,
// and keeps the session's token in a cookie that scripts can't read.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, StytchError } from 'stytch';

export interface Settings {
  project_id: string;
  secret: string;
  public_token: string;
  /** Where Stytch is. */
  base_url: string;
}

export async function start(settings: Settings) {
  const { project_id, secret, public_token, base_url } = settings;
  const client = new Client({ project_id, secret, env: base_url });

  const page = (response: ServerResponse, title: string, body: string) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}</html>`,
    );
  const redirect = (response: ServerResponse, location: string, cookie?: string) =>
    response.writeHead(303, { location, ...(cookie !== undefined && { 'set-cookie': cookie }) }).end();
  const cookie = (token: string, age: number) => `session=${token}; Max-Age=${age}; Path=/; HttpOnly; SameSite=Lax`;

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const origin = `http://${request.headers.host}`;
    const url = new URL(request.url ?? '/', origin);
    const authenticate = `${origin}/authenticate`;
    const session_token = request.headers.cookie?.match(/(?:^|; )session=([^;]+)/)?.[1];
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /': {
        const google = new URL('/v1/public/oauth/google/start', base_url);
        google.search = String(
          new URLSearchParams({ public_token, login_redirect_url: authenticate, signup_redirect_url: authenticate }),
        );
        return page(
          response,
          'Log in',
          `<form method="post" action="/login"><label>E-mail <input name="email" type="email"></label> <button>Send me a link</button></form>
           <p><a href="${String(google).replaceAll('&', '&amp;')}">Continue with Google</a>`,
        );
      }
      case 'POST /login': {
        let body = '';
        for await (const chunk of request) body += chunk;
        const email = new URLSearchParams(body).get('email') ?? '';
        const urls = { login_magic_link_url: authenticate, signup_magic_link_url: authenticate };
        await client.magicLinks.email.loginOrCreate({ email, ...urls });
        return page(response, 'Check your mailbox', '');
      }
      case 'GET /authenticate': {
        const token = url.searchParams.get('token') ?? '';
        const proof = { token, session_duration_minutes: 60 };
        const by = url.searchParams.get('stytch_token_type') === 'oauth' ? client.oauth : client.magicLinks;
        const login = await by.authenticate(proof);
        return redirect(response, '/profile', cookie(login.session_token, 3600));
      }
      case 'GET /profile': {
        if (!session_token) return redirect(response, '/');
        const { user } = await client.sessions.authenticate({ session_token });
        const email = user.emails[0]?.email ?? 'nobody';
        return page(response, 'Profile', `<p id="email">${email}</p><form method="post" action="/logout"><button>Log out</button></form>`);
      }
      case 'POST /logout':
        if (session_token) await client.sessions.revoke({ session_token });
        return redirect(response, '/', cookie('', 0));
      default:
        return response.writeHead(404).end();
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!(error instanceof StytchError)) return response.writeHead(500).end(String(error));
      // not logged in, or no more; the page says which of the service's refusals it was
      page(response, 'Not logged in', `<p id="error">${error.error_type}</p><a href="/">Log in</a>`);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url,
    client,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
