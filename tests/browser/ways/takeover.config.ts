import { defineConfig } from '@playwright/test';
import { chromium } from '../chromium';

// a browser without a single option: the machine leads test.stytch.com here, and the profile trusts the authority
export default defineConfig({
  expect: { timeout: 15_000 },
  testMatch: 'ways.spec.ts',
  webServer: {
    command: `${process.env.STYTCH_MOCK_BIN} --port 0 --tls-port 443 --tls-name login.app.test --log off`,
    wait: { stdout: /ready on (?<stytch_base_url>\S+)/ },
  },
  use: { launchOptions: chromium },
});
