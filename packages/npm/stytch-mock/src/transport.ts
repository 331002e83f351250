// How the control client speaks to the emulator: one JSON request over a connection of its own. It uses neither `fetch` nor
// an agent, so that it also works where a test environment has replaced them, and never keeps a process alive.
import { request } from "node:http";
import type { Problem } from "./control.generated.js";

/** The longest that an answer may take: the emulator itself waits for a minute at most. */
const TIMEOUT = 75_000;

/** What the emulator refused, or that it did not answer. */
export class StytchMockError extends Error {
  override readonly name = "StytchMockError";
  /** The status of the answer, if there was one. */
  readonly status: number | undefined;
  /** Each problem of a seed, or of a part of one. */
  readonly problems: readonly Problem[];

  constructor(message: string, status?: number, problems: readonly Problem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

/** The parameters of a query; what is undefined is left out. */
export type Query = Record<string, string | number | boolean | null | undefined>;

/** Calls the control plane of the emulator at a base URL. */
export class Transport {
  constructor(
    /** The emulator's base URL. */
    readonly baseUrl: string,
  ) {}

  /** The URL of a control route. */
  url(path: string, query: Query): string {
    const url = new URL(`${this.baseUrl}/__mock${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
    }
    return url.href;
  }

  /** Calls a route that answers JSON. */
  async json(method: string, path: string, query: Query, body: unknown): Promise<unknown> {
    return JSON.parse(await this.text(method, path, query, body));
  }

  /** Calls a route that answers any text. */
  text(method: string, path: string, query: Query, body: unknown): Promise<string> {
    const url = this.url(path, query);
    const text = body === undefined ? "" : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new StytchMockError(`${method} ${url}: ${error.message}`));
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
      const call = request(url, { method, headers, agent: false, timeout: TIMEOUT }, (answer) => {
        let received = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => (received += part));
        answer.on("error", fail);
        answer.on("end", () => {
          const status = answer.statusCode ?? 0;
          if (status < 300) resolve(received);
          else reject(refusal(`${method} ${url}`, status, received));
        });
      });
      call.on("timeout", () => call.destroy(new Error(`no answer for ${TIMEOUT / 1000} s`)));
      call.on("error", fail);
      call.end(text);
    });
  }
}

function refusal(what: string, status: number, received: string): StytchMockError {
  let message = received;
  let problems: readonly Problem[] = [];
  try {
    const body = JSON.parse(received) as { error?: string; problems?: Problem[] };
    message = body.error ?? received;
    problems = body.problems ?? [];
  } catch {
    // it is no answer of the control plane: as it is, then
  }
  const lines = problems.map(({ file, line, column, path, message }) => `\n  ${file}:${line}:${column}: ${path}: ${message}`);
  return new StytchMockError(`${what}: ${status}: ${message}${lines.join("")}`, status, problems);
}

/** Some control routes, about one project if there is a scope. */
export class Routes {
  constructor(
    /** How they are called. */
    protected readonly transport: Transport,
    /** The project that they are about. */
    protected readonly projectScope: string | undefined = undefined,
  ) {}

  /** The query with the project in it. */
  protected scope(query: Query): Query {
    return { ...query, project_id: this.projectScope };
  }
}

/** Throws unless as many came as were waited for. */
export function enough<T>(what: string, found: T[], count: number, query: object): T[] {
  if (found.length >= count) return found;
  throw new StytchMockError(`waited for ${count} ${what}, ${found.length} came: ${JSON.stringify(query)}`);
}
