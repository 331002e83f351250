// Jest: hooks that give a test file a project of its own, as the seed has it at the start of each test.
import type { Project, StytchMock, StytchMockOptions } from "./index.js";
import { openWorker, type Worker } from "./worker.js";

type Hook = (run: () => Promise<void>) => void;

/** A file's emulator and project; there between its first and its last test. */
export interface StytchHooks {
  /** The file's project. */
  readonly stytch: Project;
  /** The emulator that it is in: its clock, for one. */
  readonly stytchMock: StytchMock;
}

/** Registers the hooks. To be called at the top of a test file. */
export function useStytchMock(options: StytchMockOptions = {}): StytchHooks {
  const { beforeAll, beforeEach, afterAll } = globalThis as unknown as Partial<Record<string, Hook>>;
  if (!beforeAll || !beforeEach || !afterAll) {
    throw new Error("useStytchMock() belongs into a test file, and needs Jest's global hooks (injectGlobals)");
  }
  let worker: Worker | undefined;
  const opened = (): Worker => {
    if (worker === undefined) throw new Error("the emulator is there in tests and hooks, and not before them");
    return worker;
  };
  beforeAll(async () => {
    worker = await openWorker(options);
  });
  beforeEach(() => opened().reset());
  afterAll(async () => {
    await worker?.close();
    worker = undefined;
  });
  return {
    get stytch() {
      return opened().project;
    },
    get stytchMock() {
      return opened().mock;
    },
  };
}
