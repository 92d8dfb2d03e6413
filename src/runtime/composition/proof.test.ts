import { setTimeout as sleep } from 'node:timers/promises'
import memory from '@plugboard/memory'
import { BotDefinition, type ConformanceReport, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import listable from 'plugboard/interfaces/listable'
import { type Clock, startBot } from 'plugboard/runtime'
import { runSuite } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'

const report: ConformanceReport = {
  format: 'plugboard.conformance/1',
  interface: { name: 'listable', version: '1.0.0' },
  covers: [],
  integration: { name: 'lists', version: '1.2.0' },
  as: 'listable',
  capabilities: [],
  date: '2026-11-29',
  seed: 1,
  outcome: 'passed',
  checks: [{ check: 'listItems/output', title: 'it answers', outcome: 'passed' }],
}

/** An integration with reports; an error is one that cannot be read. */
function lists(reports?: readonly unknown[], name = 'lists') {
  const definition = new IntegrationDefinition({
    name,
    version: '1.2.0',
    entities: { thing: { schema: z.object({ id: z.string() }) } },
  }).extend(listable, ({ entities }) => ({ entities: { item: entities.thing } }))
  const load = async () => ({
    default: new IntegrationImplementation(definition, { actions: { listItems: async () => ({ items: [] }) } }),
  })
  const bring = (one: unknown) => async () => {
    if (one instanceof Error) throw one
    return { default: one }
  }
  return definition.implementedBy(load, reports && { reports: reports.map(bring) })
}

const clock: Clock = {
  now: () => Date.UTC(2026, 10, 29),
  sleep: async (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
}
const start = async (integration: ReturnType<typeof lists>, bindings: object = { require: 'suite' }) =>
  startBot(new BotDefinition({ interfaces: { things: listable } }).addIntegration(integration), {
    bindings: bindings as never,
    clock,
  })
const problemsOf = async (integration: ReturnType<typeof lists>, bindings?: object): Promise<string[]> => {
  try {
    await using _ = await start(integration, bindings)
  } catch (error) {
    return (error as { problems: { code: string; message: string; remedy: string }[] }).problems.map(
      ({ code, message, remedy }) => `${code}: ${message} ${remedy}`,
    )
  }
  return []
}

describe('a bot that demands suites', () => {
  it('binds what brings a report that it passed', async () => {
    expect(await problemsOf(lists([report]))).toEqual([])
  })

  it('does not look at reports unless it is told to', async () => {
    expect(await problemsOf(lists(), {})).toEqual([])
  })

  it('refuses what is chosen and brings none, with the candidate and what to do', async () => {
    const bindings = { require: 'suite', bot: { things: 'lists' } }
    expect(await problemsOf(lists(), bindings)).toEqual([
      "binding_unproved: the bot needs listable@^1.0.0, but 'lists', chosen by configuration, brings no report of the contract suite of interface 'listable' 1.0.0. Run the suite of plugboard/testing with it and let its report travel with the package, choose another integration, or do not demand a suite by `bindings.require`.",
    ])
  })

  it('has nothing to bind where no candidate brings one', async () => {
    const [problem] = await problemsOf(lists())
    expect(problem).toMatch(/^binding_missing: .*'lists' brings no report of the contract suite/)
    expect(problem).toContain('brings a report that it passed')
  })

  it.each<[string, object, string]>([
    ['of another version of the integration', { integration: { name: 'lists', version: '1.1.0' } }, "'lists' 1.1.0"],
    ['of another integration', { integration: { name: 'other', version: '1.2.0' } }, "'other' 1.2.0"],
    ['of another version of the interface', { interface: { name: 'listable', version: '0.9.0' } }, '0.9.0'],
    ['of another implementation', { as: 'others' }, 'brings no report'],
    ['of another interface', { interface: { name: 'llm', version: '1.0.0' } }, 'brings no report'],
    ['in another form', { format: 'plugboard.conformance/0' }, 'brings no report'],
    ['that has no checks', { checks: [] }, "'listItems' was not tried"],
    [
      'that was cut down to what passed',
      { checks: [{ check: 'listable/keeps-its-order', title: '', outcome: 'passed' }] },
      "'listItems' was not tried",
    ],
    [
      'in which an action was skipped',
      {
        checks: [...report.checks, { check: 'a', title: '', outcome: 'passed' }].map((one) => ({
          ...one,
          outcome: one.check === 'a' ? 'passed' : 'skipped',
        })),
      },
      "'listItems' was not tried",
    ],
    ['that is damaged', { checks: [null] }, "cannot be read: it is not of the format 'plugboard.conformance/1'"],
    [
      'in which a check failed, whatever it says of the whole',
      { checks: [{ check: 'listItems/output', title: '', outcome: 'failed', reason: 'no id' }] },
      "'listItems/output' failed: no id",
    ],
    ['that says that the suite failed', { outcome: 'failed' }, 'the suite failed'],
    [
      'with a deviation that has expired',
      {
        checks: [
          ...report.checks,
          { check: 'a/b', title: '', outcome: 'deviates', deviation: { reason: 'known', until: '2026-11-28' } },
        ],
      },
      "the known deviation of 'a/b' expired on 2026-11-28",
    ],
  ])('refuses a report %s', async (_, change, reason) => {
    const [problem] = await problemsOf(lists([{ ...report, ...change }]), {
      require: 'suite',
      bot: { things: 'lists' },
    })
    expect(problem).toMatch(/^binding_unproved: /)
    expect(problem).toContain(reason)
  })

  it('puts up with a deviation until its day', async () => {
    const deviation = { reason: 'known', until: '2026-11-29' }
    const checks = [...report.checks, { check: 'a/b', title: '', outcome: 'deviates', deviation }]
    expect(await problemsOf(lists([{ ...report, checks }]))).toEqual([])
  })

  it('says why a report cannot be read', async () => {
    const missing = lists([new Error("cannot find 'conformance.json'")])
    const [problem] = await problemsOf(missing, { require: 'suite', bot: { things: 'lists' } })
    expect(problem).toContain("one that it brings cannot be read: cannot find 'conformance.json'")
  })

  it('takes one good report among others', async () => {
    expect(await problemsOf(lists([undefined, { ...report, outcome: 'failed' }, report]))).toEqual([])
  })

  it('refuses a change of a binding, too, which then stays', async () => {
    const bot = new BotDefinition({ interfaces: { things: listable } })
      .addIntegration(lists([report]), { alias: 'lists' })
      .addIntegration(lists(undefined, 'others'), { alias: 'others' })
    await using running = await startBot(bot, { bindings: { require: 'suite' } })
    await expect(running.bindings.set('bot', 'things', 'others')).rejects.toMatchObject({
      problems: [{ code: 'binding_unproved' }],
    })
    expect(running.bindings.list()[0]?.to).toEqual(['lists'])
  })

  it('binds by a report on an interface that builds on the one that is needed', async () => {
    const bot = new BotDefinition({ interfaces: { notes: crud, things: listable } }).addIntegration(memory)
    await using running = await startBot(bot, { bindings: { require: 'suite' } })
    expect(running.bindings.list().map(({ to }) => to)).toEqual([['memory'], ['memory']])
  })

  it('takes what a suite has just found out', async () => {
    const integration = lists([await runSuite(listable, { integration: lists(), date: '2026-11-29' })])
    expect(await problemsOf(integration)).toEqual([])
  })

  it.each([['suites'], [true]])('is told that %j is no demand', async (demand) => {
    expect(await problemsOf(lists(), { require: demand })).toEqual([
      expect.stringMatching(/^binding_requirement_unknown: /),
    ])
  })
})
