import { describe, expect, test } from 'vitest'
import {
  BotDefinition,
  IntegrationDefinition,
  IntegrationImplementation,
  InterfaceDefinition,
  PlugboardError,
  PluginDefinition,
  z,
} from 'plugboard'
import { loosely, problemsOf } from './problems-of.fixture.ts'
import { loaderOf } from './package.ts'

const model = z.object({ id: z.enum(['large', 'small']), size: z.number() })
const llm = new InterfaceDefinition({
  name: 'llm',
  entities: { model: { schema: z.object({ id: z.string() }) } },
  events: { changed: { schema: ({ model }) => z.object({ model }) } },
})
const acme = () =>
  new IntegrationDefinition({ name: 'acme', entities: { model: { schema: model } } }) as IntegrationDefinition
const mapped = (): never => loosely(({ entities }: { entities: object }) => ({ entities }))

describe('a definition is sealed', () => {
  const sealed = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      if (PlugboardError.isInstance(error)) return error
      throw error
    }
    throw new Error('It was accepted.')
  }

  test.each<[string, (definition: IntegrationDefinition) => unknown]>([
    ['implemented', (definition) => new IntegrationImplementation(loosely(definition), {})],
    ['packaged', (definition) => definition.implementedBy(loosely(async () => ({})))],
    ['installed', (definition) => new BotDefinition().addIntegration(loosely(definition))],
  ])('once it is %s', (_, seal) => {
    const definition = acme()
    seal(definition)
    const error = sealed(() => definition.extend(llm, mapped()))
    expect(error).toMatchObject({ code: 'definition_sealed', where: { integration: 'acme' } })
    expect(error.message).toBe(
      "integration 'acme' cannot be extended any more: it is implemented or installed already. " +
        'Call extend() before new IntegrationImplementation(…), implementedBy() and addIntegration().',
    )
    expect(definition.actions).toEqual({})
    expect(() => Object.assign(definition.interfaces, { length: 1 })).toThrow(TypeError)
  })

  test('once something builds on it, which an interface is', () => {
    const base = new InterfaceDefinition({ name: 'base' })
    acme().extend(base)
    const error = sealed(() => base.extend(new InterfaceDefinition({ name: 'more' })))
    expect(error).toMatchObject({ code: 'definition_sealed', where: { interface: 'base' } })
    expect(error.message).toBe(
      "interface 'base' cannot be extended any more: it is built on already. Call extend() before another definition extends it.",
    )
  })

  test('not by an implementation that is refused', () => {
    const definition = acme()
    expect(problemsOf(() => new IntegrationImplementation(loosely(definition), loosely({ actions: 5 })))).toHaveLength(
      1,
    )
    expect(definition.extend(llm, mapped()).interfaces).toHaveLength(1)
  })

  test('without freezing its schemas, which still parse', () => {
    const definition = acme().extend(llm, mapped())
    new BotDefinition().addIntegration(loosely(definition))
    expect(model.parse({ id: 'large', size: 1 })).toEqual({ id: 'large', size: 1 })
    expect(Object.isFrozen(model)).toBe(false)
  })
})

test('a package is its definition, which loads nothing before it is installed', () => {
  let loaded = 0
  const load = async () => ({ default: loosely(++loaded) })
  const definition = acme()
  expect(definition.implementedBy(load)).toBe(definition)
  expect(loaderOf(definition)).toBe(load)
  expect(Object.keys(definition)).toEqual(Object.keys(acme()))
  const plugin = new PluginDefinition({ name: 'helper' })
  expect(plugin.implementedBy(load)).toBe(plugin)
  expect(loaderOf(plugin)).toBe(load)
  expect(loaderOf(acme())).toBeUndefined()
  expect(loaded).toBe(0)
})
