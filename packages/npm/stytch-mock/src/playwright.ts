// Playwright: `test` with a project of the worker's own, as the seed has it at the start of each test.
import { test as base } from "@playwright/test";
import type { Project, StytchMock, StytchMockOptions } from "./index.js";
import { openWorker, type Worker } from "./worker.js";

/** What a test gets. */
export interface StytchFixtures {
  /** The worker's project, reset. */
  stytch: Project;
}

/** What a worker gets. */
export interface StytchWorkerFixtures {
  /** How the emulator is started: an option, for `use` in the configuration. */
  stytchMockOptions: StytchMockOptions;
  /** The worker's project, for fixtures that start an app. */
  stytchProject: Project;
  /** The emulator that it is in: its clock, for one. */
  stytchMock: StytchMock;
  /** @internal */
  stytchWorker: Worker;
}

/** `test` with the fixtures. */
export const test = base.extend<StytchFixtures, StytchWorkerFixtures>({
  stytchMockOptions: [{}, { option: true, scope: "worker" }],
  stytchWorker: [
    async ({ stytchMockOptions }, use) => {
      const worker = await openWorker(stytchMockOptions);
      await use(worker);
      await worker.close();
    },
    { scope: "worker" },
  ],
  stytchMock: [async ({ stytchWorker }, use) => use(stytchWorker.mock), { scope: "worker" }],
  stytchProject: [async ({ stytchWorker }, use) => use(stytchWorker.project), { scope: "worker" }],
  // for each test, whether it asks or not: it may only use the app
  stytch: [
    async ({ stytchWorker }, use) => {
      await stytchWorker.reset();
      await use(stytchWorker.project);
    },
    { auto: true },
  ],
});
export { expect } from "@playwright/test";
