/// <reference lib="esnext.disposable" preserve="true" />
// The package: a started or found emulator, its projects, and the control plane of both.
import { Control, ProjectControl, type CloneOf, type Credentials, type SeedProject } from "./control.generated.js";
import { launch, type StytchMockOptions } from "./process.js";
import { Transport } from "./transport.js";

export * from "./control.generated.js";
export type { Flags } from "./options.generated.js";
export type { StytchMockOptions } from "./process.js";
export { StytchMockError } from "./transport.js";

/** What an app needs to call the emulator as a project. */
export interface Access {
  /** The base URL, for the option of the vendor's SDK. */
  readonly url: string;
  readonly projectId: string;
  readonly secret: string;
  /** What browsers name the project by. */
  readonly publicToken: string;
  /** The same as variables: `STYTCH_PROJECT_ID`, `STYTCH_SECRET`, `STYTCH_PUBLIC_TOKEN`, `STYTCH_BASE_URL`. */
  readonly env: Readonly<Record<string, string>>;
}

/** A project of the emulator. What is steered here is about this project alone. */
export class Project extends ProjectControl implements Access {
  readonly url: string;
  readonly projectId: string;
  readonly secret: string;
  readonly publicToken: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #mock: Control;

  /** @internal */
  constructor(transport: Transport, mock: Control, { project_id, secret, public_token, env }: Credentials) {
    super(transport, project_id);
    this.#mock = mock;
    this.url = transport.baseUrl;
    this.projectId = project_id;
    this.secret = secret;
    this.publicToken = public_token;
    this.env = { ...env, STYTCH_BASE_URL: this.url };
  }

  /** Deletes the project. */
  async delete(): Promise<void> {
    await this.#mock.projects.delete(this.projectId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.delete();
  }
}

/** An emulator. What is steered here is about the whole world; credentials are those of the seed's first project. */
export class StytchMock extends Control implements Access {
  readonly url: string;
  readonly projectId: string;
  readonly secret: string;
  readonly publicToken: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #stop: () => Promise<void>;

  /** @internal */
  constructor(url: string, env: Record<string, string>, stop: () => Promise<void>) {
    super(new Transport(url));
    this.url = url;
    this.projectId = env["STYTCH_PROJECT_ID"] ?? "";
    this.secret = env["STYTCH_SECRET"] ?? "";
    this.publicToken = env["STYTCH_PUBLIC_TOKEN"] ?? "";
    this.env = { ...env, STYTCH_BASE_URL: url };
    this.#stop = stop;
  }

  /** The seed's first project: what the credentials of the emulator are of. */
  get firstProject(): Project {
    const { STYTCH_PROJECT_ID = "", STYTCH_SECRET = "", STYTCH_PUBLIC_TOKEN = "" } = this.env;
    const env = { STYTCH_PROJECT_ID, STYTCH_SECRET, STYTCH_PUBLIC_TOKEN };
    const credentials = { project_id: this.projectId, secret: this.secret, public_token: this.publicToken, env };
    return new Project(this.transport, this, credentials);
  }

  /** Makes a project with credentials of its own: a clone of the seed's first, or what is described. */
  async project(described?: CloneOf | SeedProject): Promise<Project> {
    return new Project(this.transport, this, await this.projects.add(described));
  }

  /** The control plane of one project. */
  ofProject(projectId: string): ProjectControl {
    return new ProjectControl(this.transport, projectId);
  }

  /** Ends the emulator, if it was started here. */
  async stop(): Promise<void> {
    await this.#stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Starts an emulator on a free port. It ends by `stop()`, and at the latest with this process. */
export async function startStytchMock(options: StytchMockOptions = {}): Promise<StytchMock> {
  const { url, env, stop } = await launch(options);
  return new StytchMock(url, env, stop);
}

/** Finds an emulator that runs already. */
export async function connectStytchMock(url: string): Promise<StytchMock> {
  const base = url.replace(/\/+$/, "");
  const { projects } = await new Control(new Transport(base)).projects.list();
  return new StytchMock(base, { ...projects[0]?.env }, async () => {});
}
