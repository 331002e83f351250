// The emulator as a child process on free ports, and its control plane.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Project {
  project_id: string;
  secret: string;
  public_token: string;
}

/** A message of the outbox: one with a code, or one with a link. */
export interface Message {
  id: number;
  user_id: string;
  to: string;
  kind: string;
  method_id: string;
  code: string;
  token: string;
  link: string;
}

export class Emulator {
  private constructor(
    readonly url: string,
    /** The process, where it is the test's own. */
    private readonly process?: ChildProcess,
  ) {}

  /** One that runs already, and is others' too. */
  static at(url: string): Emulator {
    return new Emulator(url);
  }

  static async start(): Promise<Emulator> {
    const program = process.env.STYTCH_MOCK_BIN;
    if (!program) throw new Error('STYTCH_MOCK_BIN names no program; tests/browser/run sets it');
    const emulator = spawn(program, ['--port', '0', '--log', 'off'], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: emulator.stdout })) {
      const url = line.match(/^stytch-mock ready on (\S+)$/)?.[1];
      if (url) {
        // what else it prints is read and dropped, lest the pipe fill up
        emulator.stdout.resume();
        return new Emulator(url, emulator);
      }
    }
    throw new Error('the emulator ended before it was ready');
  }

  /** Ends the process, which must not have ended before; one that is others' too runs on. */
  async stop(): Promise<void> {
    if (!this.process) return;
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) throw new Error(`the emulator ended by itself: ${exitCode ?? signalCode}`);
    const ended = once(this.process, 'exit');
    this.process.kill();
    await ended;
  }

  /** One call of the control plane. */
  async mock(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await fetch(`${this.url}/__mock${path}`, { method, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** A project with credentials of its own: a clone of the seed's first, or what a seed's project describes. */
  async project(seed?: object): Promise<Project> {
    return this.mock('POST', '/projects', seed);
  }

  /** The newest message to somebody, once there are so many. */
  async message(project: Project, to: string, count = 1): Promise<Message> {
    const query = new URLSearchParams({ project_id: project.project_id, to, count: String(count), wait: '10s' });
    const { messages } = await this.mock('GET', `/outbox?${query}`);
    if (messages.length < count) throw new Error(`${to} got ${messages.length} messages and not ${count}`);
    return messages.at(-1);
  }
}
