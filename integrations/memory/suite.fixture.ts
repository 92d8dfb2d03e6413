import memory from '@plugboard/memory'
import crud from 'plugboard/interfaces/crud/contract'
import { type SetUp, suiteSetUp } from 'plugboard/testing'

const configuration = { seed: ['One', 'Two', 'Three', 'Four'].map((title) => ({ title })) }
const suite = suiteSetUp('crud', crud, {
  integration: memory,
  configuration,
  date: '2026-11-29',
  report: new URL('conformance.json', import.meta.url),
})

export default async (): Promise<SetUp> => ({
  provider: { integration: memory, configuration },
  suites: [suite],
  stop: async () => {},
})
