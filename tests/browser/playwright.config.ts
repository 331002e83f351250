import { defineConfig } from '@playwright/test';
import { chromium } from './chromium.ts';

export default defineConfig({
  testDir: 'specs',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // a slow machine is no failure
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: { launchOptions: chromium },
});
