import { defineConfig } from '@playwright/test';
import { chromium } from './chromium.ts';

export default defineConfig({
  testDir: 'specs',
  outputDir: '../../target/browser/results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // a slow machine is no failure
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['./summary.ts']],
  use: { launchOptions: chromium },
});
