import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// Packages find each other by name and run from source: no build step while developing.
const conditions = ['@plugboard/source', ...defaultServerConditions]

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{src,interfaces,plugins,integrations,bots,docs,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    environment: 'node',
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
  },
})
