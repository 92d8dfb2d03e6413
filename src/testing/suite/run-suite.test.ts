import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import memory from '@plugboard/memory'
import { IntegrationDefinition, IntegrationImplementation, InterfaceDefinition, PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { contractSuite, demandRefusal, runSuite } from 'plugboard/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backwards, contract, counter, counting, date, find } from './counting.fixture.ts'

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
    ['until a day that no calendar has', { until: '2027-02-31' }, "'2027-02-31' is no day: write it like 2027-03-31"],
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
      error: { message: expect.stringMatching(/there is none that can be read\. .*PLUGBOARD_REPORTS=write/) },
    })
    vi.stubEnv('PLUGBOARD_REPORTS', 'write')
    expect(await compare(date)).toMatchObject({ error: undefined })
    vi.unstubAllEnvs()
    expect(await compare('2027-01-01')).toMatchObject({ error: undefined })
    const written = JSON.parse(await readFile(report, 'utf8')) as { checks: object[] }
    expect(written).toMatchObject({ date, outcome: 'passed' })
    await writeFile(report, JSON.stringify({ ...written, checks: written.checks.slice(1) }))
    expect(await compare(date)).toMatchObject({
      error: { message: expect.stringContaining("'count/output' was not checked, and is passed") },
    })
    const more = [...written.checks, { check: 'count/speed', title: 'it is quick', outcome: 'passed' }]
    await writeFile(report, JSON.stringify({ ...written, checks: more }))
    expect(await compare(date)).toMatchObject({
      error: { message: expect.stringContaining("there is no check 'count/speed' any more") },
    })
  })
})
