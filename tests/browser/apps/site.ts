// The server of the pages: their scripts, their settings, and a backend that checks the cookie of a browser.
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client } from 'stytch';
import type { Project } from '../emulator.ts';

const PAGES = join(import.meta.dirname, '../../../target/browser/pages');

/** Serves the pages of a project. `where` says where they find Stytch; it may be nothing, as in production. */
export async function serve(project: Project, emulator: string, where: object = { STYTCH_BASE_URL: emulator }) {
  const { project_id, secret, public_token } = project;
  const stytch = new Client({ project_id, secret, env: emulator });
  const settings = JSON.stringify({ STYTCH_PUBLIC_TOKEN: public_token, ...where });

  /** Who the backend takes the browser for: the JWT of its cookie is checked with the project's keys. */
  async function session(request: IncomingMessage, response: ServerResponse) {
    const session_jwt = request.headers.cookie?.match(/stytch_session_jwt=([^;]+)/)?.[1] ?? '';
    const local = await stytch.sessions.authenticateJwtLocal({ session_jwt }).catch((error: Error) => error);
    const [status, body] = local instanceof Error ? [401, { error: local.message }] : [200, local];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/api/session') return void session(request, response);
    if (pathname.endsWith('.js')) {
      const script = createReadStream(join(PAGES, pathname));
      script.on('error', () => response.writeHead(404).end());
      return script.once('open', () => response.writeHead(200, { 'content-type': 'text/javascript' })).pipe(response);
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body><script>globalThis.env = ${settings}</script><script type="module" src="${pathname}.js"></script>`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stytch,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof serve>>;
