import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// Packages find each other by name and run from source: no build step while developing. The condition `module` is for
// bundlers: what stands under it, Node cannot always run.
const conditions = ['@plugboard/source', ...defaultServerConditions.filter((condition) => condition !== 'module')]

// A package that only the examples of the reference documentation import.
const alias = {
  'telegram-api-client': new URL('docs/compatibility/telegram-api-client.ts', import.meta.url).pathname,
}

export default defineConfig({
  resolve: { conditions, alias },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{src,interfaces,plugins,integrations,bots,docs,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    environment: 'node',
    globalSetup: 'src/runtime/postgres/shared-postgres.fixture.ts',
    maxWorkers: 2,
    // Generous, since the machines that run this are small and shared: a time-out tells of a hang, never of slowness.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    restoreMocks: true,
    unstubEnvs: true,
  },
})
