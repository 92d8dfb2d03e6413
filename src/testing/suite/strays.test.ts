import { IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, PlugboardError, z } from 'plugboard'
import { runSuite } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import { contract, counter, date, find } from './counting.fixture.ts'

describe('what is said to a suite and means nothing', () => {
  const told = async (more: object) => {
    const { outcome, checks } = await runSuite(contract, { integration: counter(), date, ...more })
    const reasons = checks.filter(({ check }) => /^(?:options|deviations)\//.test(check)).map(({ reason }) => reason)
    return { outcome, reasons }
  }

  it.each([
    ['a sample', { samples: { cuont: { to: 3 } } }, "`samples` speaks of 'cuont', and there is 'count'"],
    ['an entity', { entities: { item: [{}] } }, "`entities` speaks of 'item', and there is nothing"],
    ['a message', { messages: { 'hitl/text': {} } }, "`messages` speaks of 'hitl/text', and there is nothing"],
    ['a day', { date: 'today' }, "'today' is no day: write it like 2026-11-29"],
  ])('is a failure: %s', async (_, more, reason) => {
    expect(await told(more)).toEqual({ outcome: 'failed', reasons: [reason] })
  })

  it('is not what the contract or the interface has', async () => {
    const more = { samples: { count: { to: 3 } }, situations: { thirteen: {}, slow: {} }, people: { wave: () => {} } }
    expect(await told(more)).toEqual({ outcome: 'passed', reasons: [] })
  })
})

it('says that an input was made up, and how to give another, where it is not answered', async () => {
  const lending = new InterfaceDefinition({
    name: 'lending',
    version: '1.0.0',
    entities: { book: { schema: z.object({ isbn: z.string() }) } },
    actions: { lend: { input: { schema: ({ book }) => z.object({ book }) }, output: { schema: () => z.object({}) } } },
  })
  const definition = new IntegrationDefinition({
    name: 'library',
    entities: { book: { schema: z.object({ isbn: z.string() }) } },
  }).extend(lending, ({ entities }) => ({ entities }))
  const integration = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: {
        lend: async ({ input }) => {
          if (input.book.isbn === '1') return {}
          throw new PlugboardError({ code: 'vendor_refused', message: 'there is no such book' })
        },
      },
    }),
  }))
  const { reason } = find(await runSuite(lending, { integration, date }), 'lend/output') ?? {}
  expect(reason).toMatch(/\[vendor_refused\] .*it was \{"book":\{"isbn":"\w+"\}\}, made up .*`samples: \{ lend: … \}`/)
  const knowing = await runSuite(lending, { integration, date, entities: { book: [{ isbn: '1' }] } })
  expect(knowing.outcome).toBe('passed')
})
