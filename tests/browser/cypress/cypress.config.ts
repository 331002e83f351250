import { defineConfig } from 'cypress';

export default defineConfig({
  e2e: {
    baseUrl: 'http://localhost:3000',
    env: { mock: 'http://127.0.0.1:7898/__mock' },
    supportFile: false,
    specPattern: 'e2e/*.cy.ts',
  },
});
