// What the test runners have in common: a project for a worker. The worker starts an emulator of its own, or takes a project
// of the one that STYTCH_MOCK_URL names.
import { connectStytchMock, startStytchMock, type Project, type StytchMock, type StytchMockOptions } from "./index.js";

/** A worker's emulator and project. */
export interface Worker {
  mock: StytchMock;
  project: Project;
  /** Starts the worker's world over: with an emulator of its own the clock, too. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it. */
export async function openWorker(options: StytchMockOptions): Promise<Worker> {
  const url = process.env["STYTCH_MOCK_URL"];
  if (!url) {
    const mock = await startStytchMock(options);
    return { mock, project: mock.firstProject, reset: async () => void (await mock.reset()), close: () => mock.stop() };
  }
  const mock = await connectStytchMock(url);
  const project = await mock.project();
  return { mock, project, reset: async () => void (await project.reset()), close: () => project.delete() };
}
