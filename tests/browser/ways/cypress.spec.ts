// Cypress puts the browser behind a proxy of its own. Its flags, as cypress/takeover.config.ts has them, have to lead past
// such a proxy. Cypress itself is not run here.
import { chromium } from '@playwright/test';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { serve } from '../apps/site.ts';
import { chromium as options } from '../chromium.ts';
import cypress from '../cypress/takeover.config.ts';
import { expect, test } from '../fixtures.ts';
import { magicLinkLogsIn } from './magic-link.ts';

type Listener = (browser: { family: string; name: string }, launchOptions: { args: string[] }) => unknown;

/** The flags that the configuration adds for a browser. */
function flags(family: string, name: string): string[] {
  const listeners: Record<string, Listener> = {};
  const on = (event: string, listener: Listener) => void (listeners[event] = listener);
  cypress.e2e!.setupNodeEvents!(on as never, {} as never);
  const launchOptions = { args: [] };
  listeners['before:browser:launch']({ family, name }, launchOptions);
  return launchOptions.args;
}

/** A proxy for every scheme, which remembers the hosts that it was asked for. */
async function proxy() {
  const asked = new Set<string>();
  const server = createServer((incoming, answer) => {
    const url = new URL(incoming.url!);
    asked.add(url.hostname);
    const onwards = request(url, { method: incoming.method, headers: incoming.headers }, (response) => {
      answer.writeHead(response.statusCode!, response.headers);
      response.pipe(answer);
    });
    onwards.on('error', () => answer.destroy());
    incoming.pipe(onwards);
  });
  server.on('connect', (incoming, socket) => {
    const { hostname, port } = new URL(`https://${incoming.url}`);
    asked.add(hostname);
    // as Cypress does: the name is looked up here, where no rule of the browser counts
    const onwards = connect(Number(port || 443), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onwards).pipe(socket);
    });
    onwards.on('error', () => socket.destroy());
    socket.on('error', () => onwards.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
}

test("the flags for Cypress lead past its proxy", async ({ emulator, project }) => {
  expect(flags('firefox', 'firefox')).toEqual([]);
  expect(flags('chromium', 'electron')).toEqual([]);
  const own = flags('chromium', 'chrome').map((flag) => flag.replace('8443', process.env.STYTCH_TLS_PORT!));
  const { url, asked, close } = await proxy();
  const browser = await chromium.launch({
    ...options,
    args: [...options.args, `--proxy-server=${url}`, '--proxy-bypass-list=<-loopback>', ...own],
  });
  const page = await browser.newPage();
  const site = await serve(project, emulator.url, {});
  await magicLinkLogsIn(page, emulator, project, site);
  expect([...asked]).toContain('localhost');
  expect([...asked]).not.toContain('test.stytch.com');
  await browser.close();
  site.stop();
  close();
});
