import memory from '@plugboard/memory'
import telegram from '@plugboard/telegram'
import crud from 'plugboard/interfaces/crud/contract'
import { withHandlers } from 'plugboard/runtime'
import { type InstalledProvider, type SetUp, suiteSetUp } from 'plugboard/testing'
import { describe, expect, it } from 'vitest'
import { linesOf, pageOf, summaryOf } from './page.ts'
import { failureOf } from './pair.ts'
import { pluginPairs } from './plugin-pairs.ts'
import { suitePairs } from './suite-pairs.ts'

const { interfaces } = memory
const deaf = withHandlers(
  memory,
  ({ actions, ...handlers }) => ({ ...handlers, actions: { ...actions, deleteItem: async () => ({}) } }) as never,
)
const set = (integration: SetUp['provider']['integration'], known: string[] = []): SetUp => ({
  provider: { integration },
  suites: [
    suiteSetUp('crud', crud, {
      integration,
      date: '2026-11-29',
      generated: 1,
      deviations: known.map((check) => ({ check, reason: 'it never deletes', until: '2026-12-31' })),
    }),
  ],
  stop: async () => {},
})
const plugin = (run: (provider: InstalledProvider) => Promise<void>, requirement: object = {}) => ({
  name: 'planted',
  needs: {
    notes: { requirements: [{ interface: { name: 'crud' }, version: '^1.0.0', capabilities: [], ...requirement }] },
  },
  scenarios: [{ title: 'it works', need: 'notes', run }],
})
const part = { name: 'memory', interfaces, setUp: undefined }
const planned = set(memory)

describe('the pairs of an integration and its interfaces', () => {
  it('pass with the interfaces that they build on, or fail where the promise is broken', async () => {
    const right = await suitePairs('memory', interfaces, planned)
    expect(right.map(({ other, outcome }) => `${other} ${outcome}`)).toEqual([
      'crud pass',
      'listable pass',
      'creatable pass',
      'readable pass',
      'updatable pass',
      'deletable pass',
    ])
    const wrong = await suitePairs('memory', interfaces, set(deaf))
    expect(wrong.filter(({ outcome }) => outcome === 'fail').map(({ other }) => other)).toEqual(['crud', 'deletable'])
    const [broken] = wrong
    const failed = broken?.reasons.map((reason) => reason.slice(0, reason.indexOf(':'))) ?? []
    const put = await suitePairs('memory', interfaces, set(deaf, failed))
    expect(put.map(({ outcome }) => outcome)).not.toContain('fail')
    expect(summaryOf(put)).toBe(`6 pairs pass, 0 fail, 0 skipped, ${failed.length} known deviations`)
    expect(pageOf(put, [])).toContain('| 2026-12-31 | it never deletes |')
  })

  it('are skipped, with the reason, where there is nothing to run', async () => {
    const nothing = { ...planned, suites: [] }
    const [first] = await suitePairs('memory', interfaces, nothing)
    expect(linesOf(first!)).toEqual(['skipped  memory × crud: no set-up'])
    const pairs = await suitePairs('telegram', telegram.interfaces, nothing)
    expect(pairs.every(({ outcome }) => outcome === 'skipped')).toBe(true)
  })
})

describe('the pairs of a plugin and its integrations', () => {
  it('pass, or fail with what a scenario throws', async () => {
    const wrong = plugin(() => Promise.reject(new Error('nothing was noted')))
    const pairs = await pluginPairs(part, [plugin(async () => {}), wrong], planned)
    expect(pairs).toMatchObject([{ outcome: 'pass' }, { outcome: 'fail', reasons: ['it works: nothing was noted'] }])
  })

  it('are tried by every configuration that the set-up names', async () => {
    const picky = async ({ configurationType }: InstalledProvider) => {
      if (configurationType === 'other') throw new Error('not like this')
    }
    const both = { ...planned, alternatives: [{ ...planned.provider, configurationType: 'other' }] }
    const pairs = await pluginPairs(part, [plugin(picky)], both)
    expect(pairs).toMatchObject([{ outcome: 'fail', passed: 1, reasons: ['it works: not like this'] }])
  })

  it('are those whose interface, version and capabilities fit', async () => {
    const others = [{ interface: { name: 'llm' } }, { version: '^2.0.0' }, { capabilities: ['search'] }]
    const plugins = others.map((requirement) => plugin(async () => {}, requirement))
    expect(await pluginPairs(part, plugins, planned)).toEqual([])
  })

  it('are skipped, with the reason, without a set-up or a scenario', async () => {
    const silent = { ...plugin(async () => {}), scenarios: [] }
    expect(await pluginPairs(part, [silent], planned)).toMatchObject([{ outcome: 'skipped', reasons: ['no scenario'] }])
    expect(await pluginPairs(part, [silent], undefined)).toMatchObject([{ reasons: ['no set-up'] }])
  })
})

describe('a run', () => {
  it('fails with what it throws', async () => {
    expect(await failureOf(async () => {})).toBeUndefined()
    expect(await failureOf(() => Promise.reject(new Error('broken')))).toBe('broken')
  })
})
