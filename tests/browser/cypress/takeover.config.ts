import { defineConfig } from 'cypress';

export default defineConfig({
  e2e: {
    baseUrl: 'http://localhost:3000',
    setupNodeEvents(on) {
      on('before:browser:launch', (browser, launchOptions) => {
        if (browser.family === 'chromium' && browser.name !== 'electron') {
          launchOptions.args.push(
            '--host-resolver-rules=MAP test.stytch.com 127.0.0.1:8443',
            // past the proxy of Cypress, which looks names up by itself
            '--proxy-bypass-list=<-loopback>;test.stytch.com',
            '--ignore-certificate-errors',
          );
        }
        return launchOptions;
      });
    },
  },
});
