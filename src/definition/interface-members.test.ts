import { describe, expect, test } from 'vitest'
import { IntegrationDefinition, InterfaceDefinition, z } from 'plugboard'
import { memberKeys } from './interface-members.ts'
import { loosely, reportOf } from './problems-of.fixture.ts'

const item = { schema: z.object({ id: z.string() }) }
const empty = { schema: () => z.object({}) }
const readable = new InterfaceDefinition({
  name: 'readable',
  version: '1.1.0',
  entities: { item },
  actions: {
    read: {
      title: 'Read',
      idempotent: true,
      input: { schema: () => z.object({ id: z.string() }) },
      output: { schema: ({ item }) => z.object({ item }) },
    },
  },
  events: { seen: { title: 'Seen', schema: ({ item }) => z.object({ item }) } },
  channels: { board: { messages: { note: { schema: ({ item }) => z.object({ item }) } } } },
  capabilities: { search: 'finds by words' },
})
const glossed = { glossary: 'explains words' }
const props = {
  name: 'shelf',
  version: '3.0.0',
  entities: { book: item },
  actions: { lend: { input: empty, output: { schema: ({ book }: { book: z.ZodType }) => z.object({ book }) } } },
}
const shelf = (more: object = {}) =>
  (new InterfaceDefinition(loosely(props)) as InterfaceDefinition).extend(
    readable,
    loosely(({ entities }: { entities: { book: object } }) => ({ entities: { item: entities.book }, ...more })),
  )
const novel = { schema: z.object({ id: z.string(), title: z.string() }) }
const library = (base: InterfaceDefinition, more: object = {}) =>
  (new IntegrationDefinition({ name: 'library', entities: { novel } }) as IntegrationDefinition).extend(
    base,
    loosely(({ entities }: { entities: { novel: object } }) => ({ entities: { book: entities.novel }, ...more })),
  )

describe('an interface that builds on another', () => {
  test('has the members of both', () => {
    expect(memberKeys(shelf())).toEqual({ actions: ['read', 'lend'], events: ['seen'], channels: ['board'] })
    expect(shelf().capabilities).toEqual({ search: 'finds by words' })
    expect(shelf().extensions).toMatchObject([{ base: readable, mapping: { item: 'book' } }])
  })

  test('gives them to whoever implements it, by the own entities, and the other interface too', () => {
    const definition = library(shelf())
    expect(Object.keys(definition.actions)).toEqual(['read', 'lend'])
    const gives = (given: object) => z.safeParse(definition.actions['read']!.output.schema, { item: given }).success
    expect([gives({ id: '1', title: 'Emma' }), gives({ id: '1' })]).toEqual([true, false])
    expect(z.safeParse(definition.channels['board']!.messages['note']!.schema, { item: { id: '1' } }).success).toBe(
      false,
    )
    expect(definition.interfaces.map((one) => [one.as, one.interface.version, Object.keys(one.entities)])).toEqual([
      ['shelf', '3.0.0', ['book']],
      ['readable', '1.1.0', ['item']],
    ])
  })

  test('names and describes them anew, for itself and whoever implements it; the other keeps its names', () => {
    const renamed = shelf({
      actions: { read: { name: 'fetch', title: 'Fetch', billable: true } },
      events: { seen: { name: 'wasSeen', title: 'Was seen' } },
      channels: { board: { name: 'wall', conversation: { tags: { room: {} } } } },
    })
    expect(memberKeys(renamed)).toEqual({ actions: ['fetch', 'lend'], events: ['wasSeen'], channels: ['wall'] })
    const definition = library(renamed, { actions: { fetch: { name: 'get' } } })
    expect(definition.actions['get']).toMatchObject({ title: 'Fetch', billable: true, idempotent: true })
    expect(definition.events['wasSeen']).toMatchObject({ title: 'Was seen' })
    expect(definition.channels['wall']).toMatchObject({ conversation: { tags: { room: {} } } })
    expect(definition.interfaces.map(({ actions, events, channels }) => ({ actions, events, channels }))).toMatchObject(
      [
        { actions: { fetch: { name: 'get' } }, events: { wasSeen: 'wasSeen' }, channels: { wall: 'wall' } },
        { actions: { read: { name: 'get' } }, events: { seen: 'wasSeen' }, channels: { board: 'wall' } },
      ],
    )
  })

  test('claims of its capabilities what its implementer claims, for the other too', () => {
    const own = new InterfaceDefinition(loosely({ ...props, capabilities: glossed })) as InterfaceDefinition
    const base = own.extend(
      readable,
      loosely(({ entities }: { entities: { book: object } }) => ({ entities: { item: entities.book } })),
    )
    expect(Object.keys(base.capabilities).toSorted()).toEqual(['glossary', 'search'])
    const definition = library(base, { capabilities: ['search', 'glossary'] })
    expect(definition.interfaces.map(({ as, capabilities }) => [as, capabilities.toSorted()])).toEqual([
      ['shelf', ['glossary', 'search']],
      ['readable', ['search']],
    ])
  })

  test('keeps a member of its own that refines the other’s, with what only that says of it', () => {
    const output = { schema: ({ book }: { book: z.ZodType }) => z.object({ item: book, page: z.int() }) }
    const own = {
      ...props,
      actions: { read: { input: { schema: () => z.object({}) }, output, title: 'Open' } },
      events: { seen: { schema: ({ book }: { book: z.ZodType }) => z.strictObject({ item: book, by: z.string() }) } },
      channels: { board: { messages: { page: empty } } },
    }
    const base = (new InterfaceDefinition(loosely(own)) as InterfaceDefinition).extend(
      readable,
      loosely(({ entities }: { entities: { book: object } }) => ({ entities: { item: entities.book } })),
    )
    const definition = library(base)
    expect(definition.actions['read']).toMatchObject({ title: 'Open', idempotent: true })
    expect(Object.keys((definition.actions['read']!.output.schema as z.ZodObject).shape)).toEqual(['item', 'page'])
    expect(definition.events['seen']?.title).toBe('Seen')
    expect(Object.keys((definition.events['seen']!.schema as z.ZodObject).shape)).toEqual(['item', 'by'])
    expect(Object.keys(definition.channels['board']!.messages)).toEqual(['note', 'page'])
  })

  test('leaves an optional entity of the other as it is, where it does not map it', () => {
    const voice = { schema: z.object({ pitch: z.number() }), optional: true }
    const spoken = new InterfaceDefinition({
      name: 'spoken',
      entities: { voice },
      events: { heard: { schema: ({ voice: heard }) => z.object({ voice: heard }) } },
    })
    const base = (new InterfaceDefinition(loosely(props)) as InterfaceDefinition).extend(
      spoken,
      loosely(() => ({ entities: {} })),
    )
    const definition = library(base)
    expect(z.safeParse(definition.events['heard']!.schema, { voice: { pitch: 1 } }).success).toBe(true)
    expect(definition.interfaces[1]?.entities).toEqual({ voice: { name: 'voice', ...voice } })
  })

  test('maps to its own entities, and to nothing else', () => {
    const base = new InterfaceDefinition(loosely(props)) as InterfaceDefinition
    expect(
      reportOf(() =>
        base.extend(
          readable,
          loosely(() => ({ entities: { item: item.schema } })),
        ),
      ),
    ).toEqual([
      "entity_foreign extend(readable).entities.item: entity 'item' of interface 'readable' is mapped to something that is no entity of interface 'shelf': given a schema.",
    ])
    expect(reportOf(() => base.extend(loosely(readable)))).toEqual([
      "entity_unmapped extend(readable).entities.item: entity 'item' of interface 'readable' is not mapped.",
    ])
    expect(base.extensions).toEqual([])
  })

  test('has no action of its own that does something else under the same name', () => {
    const own = { ...props, actions: { read: { input: { schema: () => z.object({ page: z.int() }) }, output: empty } } }
    const extended = () =>
      (new InterfaceDefinition(loosely(own)) as InterfaceDefinition).extend(
        readable,
        loosely(({ entities }: { entities: { book: object } }) => ({ entities: { item: entities.book } })),
      )
    const what = "action 'read' of interface 'readable': the action 'read' that interface 'shelf' has already"
    expect(reportOf(extended)).toEqual([
      `refinement_incompatible extend(readable).actions.read.input.page: ${what} takes less than the interface gives it at 'page'; it is required, but is missing: expected number (integer), given nothing.`,
      `refinement_incompatible extend(readable).actions.read.output.item: ${what} gives more than the interface allows at 'item'; it is required, but is missing: expected object { id: string }, given nothing.`,
    ])
  })

  test('may not call an action by the name that a need has for its entities', () => {
    expect(reportOf(() => shelf({ actions: { read: { name: 'entities' } } }))).toEqual([
      "name_taken extend(readable).actions.read.name: 'entities' is where the entities of a need are.",
    ])
  })
})
