import { defineConfig } from '@playwright/test';
import { chromium } from '../chromium';

const program = process.env.STYTCH_MOCK_BIN ?? 'stytch-mock';

export default defineConfig({
  workers: 4,
  fullyParallel: true,
  // each worker starts an instance of the app first
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // one emulator for all workers, on a free port; the line that says where is kept as $STYTCH_BASE_URL
  webServer: {
    command: `${program} --port 0 --log off`,
    wait: { stdout: /stytch-mock ready on (?<stytch_base_url>\S+)/ },
  },
  use: { launchOptions: chromium },
});
