import { defineConfig } from '@playwright/test';
import { chromium } from '../chromium';

const program = process.env.STYTCH_MOCK_BIN ?? 'stytch-mock';

export default defineConfig({
  expect: { timeout: 15_000 },
  // the lines that say where it listens are kept as $STYTCH_BASE_URL and $STYTCH_TLS_PORT
  webServer: {
    command: `${program} --port 0 --tls-port 0 --tls-name login.app.test --log off`,
    wait: { stdout: /ready on (?<stytch_base_url>\S+)[^]*TLS: https:\S+:(?<stytch_tls_port>\d+)/ },
  },
  use: {
    // the certificate is of an authority that the browser does not know
    ignoreHTTPSErrors: true,
    launchOptions: {
      ...chromium,
      args: [
        ...chromium.args,
        `--host-resolver-rules=MAP test.stytch.com 127.0.0.1:${process.env.STYTCH_TLS_PORT}, MAP login.app.test 127.0.0.1:${process.env.STYTCH_TLS_PORT}`,
      ],
    },
  },
});
