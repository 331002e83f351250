import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "playwright",
  workers: 2,
  fullyParallel: true,
  reporter: "line",
  use: { launchOptions: { executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] } },
});
