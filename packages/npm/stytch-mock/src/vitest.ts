// Vitest: `test` with a project of the worker's own, as the seed has it at the start of each test.
import { test as base } from "vitest";
import type { Project, StytchMock, StytchMockOptions } from "./index.js";
import { openWorker, type Worker } from "./worker.js";

/** The fixtures. */
export interface StytchFixtures {
  /** The worker's project. */
  stytch: Project;
  /** The emulator that it is in: its clock, for one. */
  stytchMock: StytchMock;
}

/** `test` with the fixtures, of an emulator with these options. It ends with the worker. */
export function createTest(options: StytchMockOptions = {}) {
  let opened: Promise<Worker> | undefined;
  return base.extend<StytchFixtures>({
    // the runner reads from the first argument's pattern what a fixture needs
    stytch: async ({}, use) => {
      const worker = await (opened ??= openWorker(options));
      await worker.reset();
      await use(worker.project);
    },
    stytchMock: async ({ stytch: _ }, use) => {
      const worker = await (opened ??= openWorker(options));
      await use(worker.mock);
    },
  });
}

/** `test` with the fixtures, of an emulator with the built-in seed. */
export const test = createTest();
export const it = test;
