import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  type DefinitionError,
  IntegrationDefinition,
  IntegrationImplementation,
  need,
  PluginDefinition,
  z,
} from 'plugboard'
import crud from 'plugboard/interfaces/crud'
import deletable from 'plugboard/interfaces/deletable'
import listable from 'plugboard/interfaces/listable'
import { describe, expect, it } from 'vitest'

const entities = {
  task: { schema: z.object({ id: z.string(), title: z.string() }) },
  draft: { schema: z.object({ title: z.string(), place: z.object({ street: z.string().optional() }).optional() }) },
  changes: { schema: z.object({ title: z.string().optional() }) },
  label: { schema: z.object({ id: z.string(), colour: z.string() }) },
}
const tasks = () =>
  new IntegrationDefinition({ name: 'tasks', entities }).extend(crud, ({ entities: { task, draft, changes } }) => ({
    entities: { item: task, draft, changes },
  }))

const packaged = () => tasks().implementedBy(async () => ({ default: undefined as never }))

const actions = ['listItems', 'createItem', 'readItem', 'updateItem', 'deleteItem']

describe('an integration that implements crud', () => {
  it('has the actions and events of the five item interfaces', () => {
    const definition = tasks()
    expect(Object.keys(definition.actions)).toEqual(actions)
    expect(Object.keys(definition.events)).toEqual(['itemCreated', 'itemUpdated', 'itemDeleted'])
    expectTypeOf<keyof typeof definition.actions>().toEqualTypeOf<
      'listItems' | 'createItem' | 'readItem' | 'updateItem' | 'deleteItem'
    >()
    expectTypeOf<keyof typeof definition.events>().toEqualTypeOf<'itemCreated' | 'itemUpdated' | 'itemDeleted'>()
  })

  it('implements every interface that crud builds on, each by the entities that it has', () => {
    const { interfaces, entities: own } = tasks()
    expect(interfaces.map(({ as }) => as)).toEqual([
      'crud',
      'listable',
      'creatable',
      'readable',
      'updatable',
      'deletable',
    ])
    const mapping = Object.fromEntries(interfaces.map(({ as, entities: mapped }) => [as, mapped]))
    expect(mapping.listable).toEqual({ item: own.task })
    expect(mapping.creatable).toEqual({ item: own.task, draft: own.draft })
    expect(mapping.updatable).toEqual({ item: own.task, changes: own.changes })
    expect(interfaces.at(-1)?.actions.deleteItem?.name).toBe('deleteItem')
  })

  it('parses items by its own schema, in every place where an interface has one', () => {
    const { actions: own, events } = tasks()
    const item = { id: '1', title: 'Sow' }
    expect(z.safeParse(own.listItems.output.schema, { items: [item] }).data).toEqual({ items: [item] })
    expect(z.safeParse(own.listItems.output.schema, { items: [{ id: '1' }] }).success).toBe(false)
    expect(z.safeParse(own.createItem.input.schema, { draft: {} }).success).toBe(false)
    expect(z.safeParse(own.updateItem.input.schema, { item, changes: { title: 'Reap' } }).success).toBe(true)
    expect(z.safeParse(events.itemUpdated.schema, { item: { id: '1' } }).success).toBe(false)
  })

  it('keeps what the item interfaces say of repeating and caching', () => {
    const { actions: own } = tasks()
    const names = Object.entries(own)
    expect(names.filter(([, action]) => action.idempotent).map(([name]) => name)).toEqual(
      actions.filter((name) => name !== 'createItem'),
    )
    expect(names.filter(([, action]) => action.cacheable).map(([name]) => name)).toEqual(['listItems', 'readItem'])
  })

  it('renames an action for every interface that has it', () => {
    const definition = new IntegrationDefinition({ name: 'tasks', entities }).extend(
      crud,
      ({ entities: { task, draft, changes } }) => ({
        entities: { item: task, draft, changes },
        actions: { listItems: { name: 'listTasks' } },
      }),
    )
    expect(Object.keys(definition.actions)).toContain('listTasks')
    expect(definition.interfaces.slice(0, 2).map(({ actions: all }) => all.listItems?.name)).toEqual([
      'listTasks',
      'listTasks',
    ])
  })
})

describe('an interface that is reached twice', () => {
  it('is implemented once where the entities are the same, in either order', () => {
    const after = tasks().extend(listable, ({ entities: { task } }) => ({ entities: { item: task } }))
    const before = new IntegrationDefinition({ name: 'tasks', entities })
      .extend(listable, ({ entities: { task } }) => ({ entities: { item: task } }))
      .extend(crud, ({ entities: { task, draft, changes } }) => ({ entities: { item: task, draft, changes } }))
    for (const { interfaces, actions: all } of [after, before]) {
      expect(interfaces.filter(({ interface: { name } }) => name === 'listable')).toHaveLength(1)
      expect(Object.keys(all).toSorted()).toEqual(actions.toSorted())
    }
  })

  it('is refused where the entities differ, in either order', () => {
    const refused = (extend: () => unknown): string[] => {
      try {
        extend()
      } catch (error) {
        return (error as DefinitionError).problems.map(({ code }) => code)
      }
      return []
    }
    const after = () =>
      tasks().extend(listable, ({ entities: { label } }) => ({
        entities: { item: label },
        actions: { listItems: { name: 'listLabels' } },
      }))
    const before = () =>
      new IntegrationDefinition({ name: 'tasks', entities })
        .extend(listable, ({ entities: { label } }) => ({
          entities: { item: label },
          actions: { listItems: { name: 'listLabels' } },
        }))
        .extend(crud, ({ entities: { task, draft, changes } }) => ({ entities: { item: task, draft, changes } }))
    expect(refused(after)).toEqual(['interface_implemented_twice'])
    expect(refused(before)).toEqual(['interface_implemented_twice'])
  })

  it('is implemented twice where crud has a name of its own', () => {
    const { interfaces } = new IntegrationDefinition({ name: 'tasks', entities })
      .extend(listable, ({ entities: { label } }) => ({
        entities: { item: label },
        actions: { listItems: { name: 'listLabels' } },
      }))
      .extend(crud, ({ entities: { task, draft, changes } }) => ({ entities: { item: task, draft, changes } }), {
        as: 'tasks',
      })
    const lists = interfaces.filter(({ interface: { name } }) => name === 'listable')
    expect(lists.map(({ as, entities: { item } }) => [as, item?.name])).toEqual([
      ['listable', 'label'],
      ['tasks', 'task'],
    ])
  })
})

describe('who needs crud', () => {
  it('can hand back what it was given, and make nothing up', () => {
    const bot = new BotDefinition({ interfaces: { notes: crud, others: crud } }).addIntegration(packaged())
    const implementation = new BotImplementation(bot)
    implementation.on.event('notes:itemUpdated', async ({ event, interfaces, actions: installed }) => {
      const { notes, others } = interfaces
      const { items } = await notes.listItems({})
      await notes.deleteItem({ item: event.payload.item })
      for (const item of items) await notes.updateItem({ item, changes: notes.entities.changes.parse({ title: 'x' }) })
      await notes.createItem({ draft: notes.entities.draft.parse({ title: 'x' }) })
      // @ts-expect-error an item is not made up
      await notes.deleteItem({ item: { id: 'x' } })
      // @ts-expect-error a draft is not made up
      await notes.createItem({ draft: { title: 'x' } })
      // @ts-expect-error a draft says nothing of changes
      await notes.updateItem({ item: event.payload.item, changes: notes.entities.draft.parse({}) })
      // @ts-expect-error another need, another integration
      await others.deleteItem({ item: event.payload.item })
      await installed.tasks.createItem({ draft: { title: 'x', place: {} } })
      // @ts-expect-error the draft of the integration has no such field
      await installed.tasks.createItem({ draft: { title: 'x', colour: 'red' } })
    })
    implementation.on.event('notes:itemDeleted', async ({ event }) => {
      expectTypeOf(event.payload).toEqualTypeOf<{ id: string }>()
    })
    expect(implementation.registered).toHaveLength(2)
  })

  it('gets an integration that implements crud for two interfaces that share their items', () => {
    const cleaner = new PluginDefinition({
      name: 'cleaner',
      interfaces: { items: need([listable, deletable], { share: 'item' }) },
    }).implementedBy(async () => ({ default: undefined as never }))
    const bot = new BotDefinition().addIntegration(packaged()).addPlugin(cleaner, { dependencies: { items: 'tasks' } })
    expect(bot.plugins.map(({ alias }) => alias)).toEqual(['cleaner'])
  })
})

it('types the handlers of an integration by its own entities', () => {
  const { handlers } = new IntegrationImplementation(tasks(), {
    actions: {
      listItems: async () => ({ items: [{ id: '1', title: 'Sow' }] }),
      createItem: async ({ input }) => {
        expectTypeOf(input).toEqualTypeOf<{ draft: { title: string; place?: { street?: string } } }>()
        return { item: { id: '1', title: input.draft.title } }
      },
      // @ts-expect-error the title is missing
      readItem: async ({ input }) => ({ item: { id: input.id } }),
      updateItem: async ({ input }) => ({ item: { ...input.item, title: input.changes.title ?? '' } }),
      deleteItem: async () => ({}),
    },
  })
  expect(Object.keys(handlers.actions)).toEqual(actions)
})
