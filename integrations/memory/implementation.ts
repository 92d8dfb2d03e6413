import { IntegrationImplementation, PlugboardError } from 'plugboard'
import definition from './definition.ts'
import { inTurn } from './in-turn.ts'
import { added, type Draft, find, page, removed, replaced, type Shelf, shelfOf } from './notes.ts'

const longestPage = 100

export default new IntegrationImplementation(definition, {
  actions: {
    listItems: async (props) => {
      const { cursor, limit = props.configuration.pageSize } = props.input
      const { notes, next } = page(await open(props), positionOf(cursor, props), Math.min(limit, longestPage))
      return { items: notes, nextCursor: next?.toString() }
    },
    createItem: async (props) =>
      inTurn(laneOf(props), async () => {
        const { shelf, note, isNew } = added(await open(props), props.input.draft, props.ctx.idempotencyKey)
        if (isNew) {
          await props.client.setState({ name: 'shelf', payload: shelf })
          await props.client.createEvent({ type: 'itemCreated', payload: { item: note } })
        }
        return { item: note }
      }),
    readItem: async (props) => ({ item: find(await open(props), props.input.id) ?? missing(props.input.id, props) }),
    updateItem: async (props) =>
      inTurn(laneOf(props), async () => {
        const { item, changes } = props.input
        const shelf = await open(props)
        const before = find(shelf, item.id) ?? missing(item.id, props)
        const note = { ...before, ...given(changes) }
        await props.client.setState({ name: 'shelf', payload: replaced(shelf, note) })
        await props.client.createEvent({ type: 'itemUpdated', payload: { item: note } })
        return { item: note }
      }),
    deleteItem: async (props) =>
      inTurn(laneOf(props), async () => {
        const { id } = props.input.item
        const shelf = await open(props)
        if (find(shelf, id)) {
          await props.client.setState({ name: 'shelf', payload: removed(shelf, id) })
          await props.client.createEvent({ type: 'itemDeleted', payload: { id } })
        }
        return {}
      }),
  },
})

interface Keeping {
  ctx: { botId: string; integrationId: string; integrationAlias: string }
  configuration: { seed: readonly Draft[] }
  client: { getState(state: { name: 'shelf' }): Promise<{ state: { payload: Shelf } | undefined }> }
}

async function open({ client, configuration }: Keeping): Promise<Shelf> {
  const { state } = await client.getState({ name: 'shelf' })
  return state?.payload ?? shelfOf(configuration.seed)
}

function laneOf({ ctx }: Keeping): string {
  return JSON.stringify([ctx.botId, ctx.integrationId])
}

/** Without the fields that are there and undefined: they say nothing. */
function given<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as never
}

function positionOf(cursor: string | undefined, { ctx }: Keeping): number {
  if (cursor === undefined) return 0
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw new PlugboardError({
    code: 'vendor_refused',
    message: `'${cursor}' is no cursor: give the nextCursor of a page, or none for the first one`,
    where: { integration: ctx.integrationAlias, path: 'cursor' },
  })
}

function missing(id: string, { ctx }: Keeping): never {
  throw new PlugboardError({
    code: 'vendor_refused',
    message: `there is no note with the id '${id}'`,
    where: { integration: ctx.integrationAlias, path: 'id' },
  })
}
