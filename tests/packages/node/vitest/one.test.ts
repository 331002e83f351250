import { expect } from "vitest";
import { test } from "stytch-mock/vitest";
import { checks } from "../checks.cjs";

for (const [name, check] of Object.entries(checks)) {
  test(name, async ({ stytch, stytchMock }) => {
    await check({ stytch, stytchMock, equal: (is: unknown, should: unknown) => expect(is).toEqual(should) });
  });
}
