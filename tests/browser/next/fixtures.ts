import { test as base } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

interface Project {
  project_id: string;
  secret: string;
  /** Its credentials and its public token, by the names that an app has for them. */
  env: Record<string, string>;
}

/** One call of the emulator's control plane. */
export async function mock(method: string, path: string, body?: object) {
  const answer = await fetch(`${process.env.STYTCH_BASE_URL}/__mock${path}`, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** Each worker has a project of its own, and an instance of the app that knows no other. */
export const test = base.extend<{ lastMessage: (to: string) => Promise<any> }, { project: Project; app: string }>({
  project: [
    async ({}, use) => {
      const project = await mock('POST', '/projects');
      await use(project);
      await mock('DELETE', `/projects/${project.project_id}`);
    },
    { scope: 'worker' },
  ],

  app: [
    async ({ project }, use) => {
      const env = { ...process.env, ...project.env };
      const command = ['node_modules/next/dist/bin/next', 'start', 'next', '--hostname', 'localhost', '--port', '0'];
      const app = spawn('node', command, { cwd: `${import.meta.dirname}/..`, env, stdio: ['ignore', 'pipe', 'inherit'] });
      for await (const line of createInterface({ input: app.stdout })) {
        const url = line.match(/http:\/\/localhost:\d+/)?.[0];
        if (url) {
          app.stdout.resume();
          await use(url);
          break;
        }
      }
      if (app.exitCode === null && app.signalCode === null && app.kill()) await once(app, 'exit');
    },
    { scope: 'worker' },
  ],

  baseURL: ({ app }, use) => use(app),

  /** What somebody was sent last: in a browser suite the outbox is the mailbox. */
  lastMessage: ({ project }, use) =>
    use(async (to) => {
      const query = new URLSearchParams({ project_id: project.project_id, to, wait: '5s' });
      const { messages } = await mock('GET', `/outbox?${query}`);
      return messages.at(-1);
    }),
});
