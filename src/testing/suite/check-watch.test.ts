import { setTimeout as sleep } from 'node:timers/promises'
import { IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, z } from 'plugboard'
import { runSuite } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import { contract, counting, date, find } from './counting.fixture.ts'

describe('an integration that never answers', () => {
  const never = (): Promise<never> => new Promise(() => {})
  const impatient = { date, generated: 2, patience: 50, timeout: 200 }
  const reasons = ({ checks }: Awaited<ReturnType<typeof runSuite>>) =>
    Object.fromEntries(checks.filter(({ outcome }) => outcome === 'failed').map(({ check, reason }) => [check, reason]))

  it('fails the checks that wait for it, and the suite ends; after the first one less long is waited', async () => {
    const definition = new IntegrationDefinition({ name: 'counter', version: '2.0.0' }).extend(counting)
    const silent = definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, { actions: { count: never } }),
    }))
    const report = await runSuite(contract, { integration: silent, ...impatient })
    expect(report.outcome).toBe('failed')
    expect(reasons(report)).toEqual({
      'count/output': "no answer within 200 ms: 'count' was called, and does not end",
      'count/valid-input': "no answer within 50 ms: 'count' was called, and does not end",
      'count/unknown-fields': "no answer within 50 ms: 'count' was called, and does not end",
      'count/abort': expect.stringMatching(/goes on working, though the call was aborted: hand `signal` on/),
      'counting/counts-up': "no answer within 50 ms: 'count' was called, and does not end",
    })
    expect(find(report, 'count/invalid-input')?.outcome).toBe('passed')
  })

  it('by default has five times the patience', async () => {
    const definition = new IntegrationDefinition({ name: 'counter', version: '2.0.0' }).extend(counting)
    const silent = definition.implementedBy(async () => ({
      default: new IntegrationImplementation(definition, { actions: { count: never } }),
    }))
    const report = await runSuite(contract, { integration: silent, date, generated: 2, patience: 20 })
    expect(find(report, 'count/output')?.reason).toMatch(/^no answer within 100 ms/)
  })

  it('may be one that is never loaded', async () => {
    const definition = new IntegrationDefinition({ name: 'counter', version: '2.0.0' }).extend(counting)
    const report = await runSuite(contract, { integration: definition.implementedBy(never), ...impatient })
    expect(find(report, 'count/output')?.reason).toBe(
      'a bot with the integration does not start: Error: no answer within 600 ms',
    )
    expect(find(report, 'count/valid-input')?.reason).toBe(
      'a bot with the integration does not start: Error: no answer within 50 ms',
    )
  })

  it('may stream, and give nothing or not go on; one that goes on has its time for each item', async () => {
    const telling = new InterfaceDefinition({
      name: 'telling',
      version: '1.0.0',
      actions: {
        tell: {
          input: { schema: () => z.object({ words: z.number().int().min(1).max(3) }) },
          output: { schema: () => z.object({ text: z.string() }) },
          stream: { schema: () => z.object({ word: z.string() }) },
        },
      },
    })
    const teller = (step: (word: number, signal: AbortSignal) => Promise<void>) => {
      const definition = new IntegrationDefinition({ name: 'teller', version: '1.0.0' }).extend(telling)
      return definition.implementedBy(async () => ({
        default: new IntegrationImplementation(definition, {
          actions: {
            async *tell({ signal }) {
              for (let word = 0; word < 4; word += 1) {
                await step(word, signal)
                yield { word: 'so' }
              }
              return { text: 'so so so so' }
            },
          },
        }),
      }))
    }
    for (const silentFrom of [0, 1]) {
      const integration = teller((word) => (word >= silentFrom ? never() : Promise.resolve()))
      const report = await runSuite(telling, { integration, ...impatient })
      expect(find(report, 'tell/output')?.reason).toBe("no answer within 200 ms: 'tell' was called, and does not end")
    }
    const slow = teller((_, signal) => sleep(90, undefined, { signal }))
    expect(find(await runSuite(telling, { integration: slow, ...impatient }), 'tell/output')?.outcome).toBe('passed')
  })
})
