// Compiled, never run: what the package's types have to allow, and what they have to refuse.
import { startStytchMock, type OutboxMessage, type Project, type Seed, type StytchMock } from "stytch-mock";
import { useStytchMock } from "stytch-mock/jest";
import { test as playwright } from "stytch-mock/playwright";
import { createTest } from "stytch-mock/vitest";

const seed: Seed = { projects: [{ users: [{ external_id: "customer-42", sessions: [{ expires_at: "+30m" }] }] }] };

export async function allowed(): Promise<string | null | undefined> {
  await using mock: StytchMock = await startStytchMock({ seed, clock: "2026-01-01T00:00:00Z", wire: "live", explain: false });
  const project: Project = await mock.project();
  await project.faults.add({ operation: "sessions.get", error: "internal_server_error", times: 2, close: "mid_body" });
  await mock.clock.set({ frozen: false });
  const messages: OutboxMessage[] = await project.outbox.wait({ to: "new@example.com", count: 1 });
  return messages[0]?.code;
}

export async function refused(mock: StytchMock, project: Project) {
  // @ts-expect-error: no such profile
  await startStytchMock({ wire: "paper" });
  // @ts-expect-error: no such key of a seed
  await startStytchMock({ seed: { projects: [{ usres: [] }] } });
  // @ts-expect-error: no such error of the catalogue
  await mock.faults.add({ error: "nonsense" });
  // @ts-expect-error: a duration is a text
  await mock.clock.advance(5);
  // @ts-expect-error: the clock is not a project's
  await project.clock.advance("1h");
}

export const suites = [useStytchMock({ seed }), playwright, createTest({ seed })];
