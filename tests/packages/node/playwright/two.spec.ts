import { expect, test as base } from "stytch-mock/playwright";
import { startApp } from "../app.cjs";
import { checks } from "../checks.cjs";

const test = base.extend<object, { app: { url: string } }>({
  app: [
    async ({ stytchProject }, use) => {
      const app = await startApp(stytchProject);
      await use(app);
      await app.close();
    },
    { scope: "worker" },
  ],
});

for (const [name, check] of Object.entries(checks)) {
  test(name, ({ stytch, stytchMock }) => check({ stytch, stytchMock, equal: (is: unknown, should: unknown) => expect(is).toEqual(should) }));
}

for (const email of ["new@example.com", "other@example.com"]) {
  test(`${email} logs in with a browser`, async ({ page, app, stytch }) => {
    await page.goto(app.url);
    await page.getByPlaceholder("E-mail").fill(email);
    await page.getByRole("button", { name: "Send code" }).click();
    const [message] = await stytch.outbox.wait({ to: email });
    await page.getByPlaceholder("Code").fill(message!.code!);
    await page.getByRole("button", { name: "Log in" }).click();
    await expect(page.locator("#said")).toHaveText(`Signed in as ${email}`);
    expect((await stytch.outbox.list()).count).toBe(1);
  });
}
