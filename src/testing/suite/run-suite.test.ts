import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import memory from '@plugboard/memory'
import { IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, PlugboardError, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { contractSuite, defineContract, demand, demandEqual, demandRefusal, runSuite, skip } from 'plugboard/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const counting = new InterfaceDefinition({
  name: 'counting',
  version: '1.0.0',
  capabilities: { skipping: 'Leaves numbers out.' },
  actions: {
    count: {
      idempotent: true,
      input: { schema: () => z.object({ to: z.number().int().min(1).max(9) }) },
      output: { schema: () => z.object({ numbers: z.array(z.number()) }) },
    },
  },
})
const contract = defineContract(counting, {
  samples: { count: { to: 3 } },
  situations: { thirteen: 'the number 13 is out of order' },
  scenarios: [
    {
      name: 'counts-up',
      title: 'the numbers are there in their order',
      async run({ provider, sample }) {
        const input = await sample('count')
        demandEqual((await provider.count(input)).numbers, [1, 2, 3], 'what it counts')
      },
    },
    {
      name: 'leaves-out',
      title: 'numbers are left out',
      capabilities: ['skipping'],
      run: async () => demand(false, 'no'),
    },
    { name: 'minds-thirteen', title: '13 is refused', situation: 'thirteen', run: async () => skip('never') },
    { name: 'has-a-reason', title: 'what cannot be tried is skipped', run: async () => skip('it is Sunday') },
  ],
})

function counter(count: (to: number) => unknown = (to) => Array.from({ length: to }, (_, index) => index + 1)) {
  const definition = new IntegrationDefinition({ name: 'counter', version: '2.0.0' }).extend(counting)
  return definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      actions: { count: async ({ input }) => ({ numbers: count(input.to) as number[] }) },
    }),
  }))
}
const backwards = counter((to) => Array.from({ length: to }, (_, index) => to - index))
const date = '2026-11-29'
const find = ({ checks }: Awaited<ReturnType<typeof runSuite>>, name: string) =>
  checks.find(({ check }) => check === name)

describe('a report', () => {
  it('says of whom, of which interface and of which day it is, and of each check what became of it', async () => {
    const report = await runSuite(contract, { integration: counter(), date, seed: 7 })
    expect(report).toMatchObject({
      format: 'plugboard.conformance/1',
      interface: { name: 'counting', version: '1.0.0' },
      covers: [],
      integration: { name: 'counter', version: '2.0.0' },
      as: 'counting',
      capabilities: [],
      date,
      seed: 7,
      outcome: 'passed',
    })
    expect(find(report, 'counting/counts-up')).toEqual({
      check: 'counting/counts-up',
      title: 'the numbers are there in their order',
      outcome: 'passed',
    })
    const text = JSON.stringify(report)
    expect(JSON.parse(text)).toEqual(report)
  })

  it('is the same every time', async () => {
    const options = { integration: counter(), date }
    expect(await runSuite(contract, options)).toEqual(await runSuite(contract, options))
  })

  it('tells why a check was skipped, and never passes it', async () => {
    const report = await runSuite(contract, { integration: counter(), date })
    const skipped = ['leaves-out', 'minds-thirteen', 'has-a-reason'].map((name) => find(report, `counting/${name}`))
    expect(skipped.map((one) => [one?.outcome, one?.reason])).toEqual([
      ['skipped', "the integration does not have the capability 'skipping'"],
      ['skipped', "the situation 'thirteen' is not brought about: the number 13 is out of order"],
      ['skipped', 'it is Sunday'],
    ])
  })

  it('fails a scenario of a capability that is claimed', async () => {
    const definition = new IntegrationDefinition({ name: 'counter' }).extend(
      counting as never,
      (() => ({ entities: {}, capabilities: ['skipping'] })) as never,
    )
    const integration = definition.implementedBy(async () => ({
      default: new IntegrationImplementation({ actions: { count: async () => ({ numbers: [1, 2, 3] }) } }),
    }))
    const report = await runSuite(contract, { integration, date })
    expect(find(report, 'counting/leaves-out')).toMatchObject({ outcome: 'failed', reason: 'no' })
    expect(report).toMatchObject({ outcome: 'failed', capabilities: ['skipping'] })
  })

  it('tells what a check failed of', async () => {
    const report = await runSuite(contract, { integration: backwards, date })
    expect(report.outcome).toBe('failed')
    expect(find(report, 'counting/counts-up')?.reason).toBe('what it counts should be [1,2,3], and is [3,2,1]')
  })

  it('fails every check of an integration with which no bot starts', async () => {
    const definition = new IntegrationDefinition({ name: 'counter' }).extend(counting)
    const report = await runSuite(contract, { integration: definition, date })
    expect(find(report, 'count/output')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('implementation_missing'),
    })
  })
})

describe('a known deviation', () => {
  const known = (more: object) => ({
    check: 'counting/counts-up',
    reason: 'it counts down',
    until: '2026-12-31',
    ...more,
  })
  const run = async (deviations: ReturnType<typeof known>[], integration = backwards) =>
    runSuite(contract, { integration, date, deviations })

  it('stands beside the result, and the suite passes', async () => {
    const report = await run([known({})])
    expect(report.outcome).toBe('passed')
    expect(find(report, 'counting/counts-up')).toMatchObject({
      outcome: 'deviates',
      reason: expect.stringContaining('[3,2,1]'),
      deviation: { reason: 'it counts down', until: '2026-12-31' },
    })
  })

  it('holds on its last day, and is a failure from the next', async () => {
    expect(await run([known({ until: date })])).toMatchObject({ outcome: 'passed' })
    const report = await run([known({ until: '2026-11-28' })])
    expect(find(report, 'counting/counts-up')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('expired on 2026-11-28'),
    })
  })

  it('is told of where it does not occur any more', async () => {
    const report = await run([known({})], counter())
    expect(find(report, 'counting/counts-up')).toMatchObject({
      outcome: 'passed',
      reason: 'its known deviation does not occur any more: take it out',
    })
  })

  it.each([
    ['of no check', { check: 'counting/count-up' }, "there is no check 'counting/count-up'"],
    ['without a day', { until: 'soon' }, "'soon' is no day: write it like 2027-03-31"],
  ])('%s is a failure', async (_, change, reason) => {
    const report = await run([known(change)])
    expect(report.outcome).toBe('failed')
    expect(report.checks).toContainEqual(expect.objectContaining({ outcome: 'failed', reason }))
  })
})

describe('what is no subject of a suite', () => {
  it('is an integration that does not implement the interface', async () => {
    await expect(runSuite(llm, { integration: memory, date })).rejects.toMatchObject({ code: 'binding_interface' })
  })

  it('is one that implements another version of it', async () => {
    const newer = new InterfaceDefinition({ name: 'counting', version: '1.1.0' })
    await expect(runSuite(newer, { integration: counter(), date })).rejects.toMatchObject({ code: 'binding_version' })
  })
})

it('tells a refusal by its code, and nothing else', async () => {
  const refuse = async () => Promise.reject(new PlugboardError({ code: 'vendor_refused', message: 'no' }))
  await demandRefusal('vendor_refused', refuse)
  await expect(demandRefusal('timeout', refuse)).rejects.toThrow('fails with [vendor_refused] no')
  await expect(demandRefusal('timeout', async () => 1)).rejects.toThrow('is answered: 1')
})

describe('a suite as tests', () => {
  type Declared = { name: string; run: (context: { skip(reason?: string): void }) => Promise<void> }
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plugboard-suite-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  function declare(integration = counter(), more: object = {}): Declared[] {
    const declared: Declared[] = []
    contractSuite(contract, { test: (name, run) => void declared.push({ name, run }), integration, date, ...more })
    return declared
  }
  const outcomeOf = async (declared: Declared[], name: string) => {
    const skipped = vi.fn<(reason?: string) => void>()
    const error: unknown = await declared
      .find((one) => one.name.startsWith(name))
      ?.run({ skip: skipped })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
    return { error, skipped: skipped.mock.calls.flat() }
  }

  it('is one test a check, which passes, is skipped with the reason, or fails with it', async () => {
    const declared = declare(backwards)
    expect(declared.map(({ name }) => name)).toContain('counting/counts-up: the numbers are there in their order')
    expect(await outcomeOf(declared, 'count/output')).toEqual({ error: undefined, skipped: [] })
    expect(await outcomeOf(declared, 'counting/has-a-reason')).toEqual({ error: undefined, skipped: ['it is Sunday'] })
    expect(await outcomeOf(declared, 'counting/counts-up')).toMatchObject({
      error: { message: 'what it counts should be [1,2,3], and is [3,2,1]' },
    })
  })

  it('compares the report that travels with the package but for its day, and writes it when it is told to', async () => {
    const report = pathToFileURL(join(folder, 'conformance.json'))
    const compare = (day: string) => outcomeOf(declare(counter(), { report, date: day }), 'report:')
    expect(await compare(date)).toMatchObject({
      error: { message: expect.stringContaining('PLUGBOARD_REPORTS=write') },
    })
    vi.stubEnv('PLUGBOARD_REPORTS', 'write')
    expect(await compare(date)).toMatchObject({ error: undefined })
    vi.unstubAllEnvs()
    expect(await compare('2027-01-01')).toMatchObject({ error: undefined })
    const written = JSON.parse(await readFile(report, 'utf8')) as { checks: object[] }
    expect(written).toMatchObject({ date, outcome: 'passed' })
    await writeFile(report, JSON.stringify({ ...written, checks: written.checks.slice(1) }))
    expect(await compare(date)).toMatchObject({
      error: { message: expect.stringContaining('not what the suite finds') },
    })
  })
})

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
      'count/abort': 'the integration goes on working, though the call was aborted',
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
