import memory from '@plugboard/memory'
import crud from 'plugboard/interfaces/crud/contract'
import { contractSuite } from 'plugboard/testing'
import { test } from 'vitest'

contractSuite(crud, {
  test,
  integration: memory,
  configuration: { seed: ['One', 'Two', 'Three', 'Four'].map((title) => ({ title })) },
  date: '2026-11-29',
  report: new URL('conformance.json', import.meta.url),
})
