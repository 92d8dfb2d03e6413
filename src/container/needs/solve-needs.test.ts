import { describe, expect, it } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, need } from 'plugboard'
import { bindingFrom } from '../../definition/binding.ts'
import type { Need } from '../../definition/need.ts'
import type { Offer } from './offer.ts'
import { solveNeeds } from './solve-needs.ts'

const files = new InterfaceDefinition({ name: 'files', version: '1.0.0' })
const storage = new InterfaceDefinition({ name: 'storage', version: '1.0.0' })
const drive = new IntegrationDefinition({ name: 'drive' }).extend(files, () => ({ entities: {} }))
const shelf = new IntegrationDefinition({ name: 'shelf' }).extend(storage, () => ({ entities: {} }))
const disk = new IntegrationDefinition({ name: 'disk' })
  .extend(files, () => ({ entities: {} }))
  .extend(storage, () => ({ entities: {} }))

const offer = (definition: { name: string }): Offer => ({
  alias: definition.name,
  definition: definition as never,
  inactive: undefined,
  capabilitiesOf: () => [],
})

/** What the two needs of a plugin are bound to, or what is wrong. */
function solve(offers: readonly { name: string }[], said: { files?: string; storage?: string } = {}) {
  const requests = Object.entries({
    files: need(files, { unless: 'storage' }),
    storage: need(storage, { unless: 'files' }),
  }).map(([name, one]) => ({
    consumer: 'reader',
    name,
    need: one as unknown as Need,
    bindings: Object.entries(said)
      .filter(([own]) => own === name)
      .map(([, to]) => ({ source: 'dependencies' as const, binding: bindingFrom(to) })),
  }))
  const { needs, problems } = solveNeeds(requests, offers.map(offer))
  return {
    bound: Object.fromEntries(needs.map(({ name, binding, source }) => [name, [...binding.to, source]])),
    problems: problems.map(({ code, path, remedy }) => `${code} ${path} ${remedy}`),
  }
}

describe('one of two needs', () => {
  it.each([
    ['what is there', [shelf], {}, { files: ['nothing'], storage: ['shelf', 'only candidate'] }],
    ['the first one where both can be', [disk], {}, { files: ['disk', 'only candidate'], storage: ['nothing'] }],
    ['what was said', [disk], { storage: 'disk' }, { files: ['nothing'], storage: ['disk', 'dependencies'] }],
    [
      'both where that was said',
      [drive, shelf],
      { files: 'drive', storage: 'shelf' },
      { files: ['drive', 'dependencies'], storage: ['shelf', 'dependencies'] },
    ],
    [
      'the first one where the other could be by several',
      [disk, shelf],
      {},
      { files: ['disk', 'only candidate'], storage: ['nothing'] },
    ],
  ])('is bound to %s', (_, offers, said, bound) => {
    expect(solve(offers, said)).toEqual({ bound, problems: [] })
  })

  it('is told of where neither is met, with the other one as a remedy', () => {
    const { bound, problems } = solve([])
    expect(bound).toEqual({})
    expect(problems).toEqual([
      expect.stringMatching(/^binding_missing reader\.interfaces\.files .* Or bind 'storage' in its place\.$/),
      expect.stringMatching(/^binding_missing reader\.interfaces\.storage .* Or bind 'files' in its place\.$/),
    ])
  })

  it('is told of where the first could be by several, though the other one is met', () => {
    expect(solve([drive, disk]).problems).toEqual([
      expect.stringMatching(/^binding_ambiguous reader\.interfaces\.files/),
    ])
  })

  it('is told of where what was said of it does not fit, whatever the other one could be', () => {
    const { bound, problems } = solve([drive, shelf], { storage: 'drive' })
    expect(bound).toEqual({ files: ['nothing'] })
    expect(problems).toEqual([expect.stringMatching(/^binding_interface reader\.interfaces\.storage/)])
  })
})
