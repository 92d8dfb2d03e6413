import { PluginImplementation } from 'plugboard'
import definition from './definition.ts'
import { begin, isDue } from './begin.ts'
import { forget, keep } from './mirror.ts'
import { step } from './step.ts'

const synchronizer = new PluginImplementation(definition, {
  actions: {
    synchronize: async ({ client }) => ({ synchronization: await begin(client) }),
    getSynchronization: async ({ input, client }) => {
      const { workflow } = await client.getWorkflow({ name: 'synchronization', id: input.synchronization })
      const { status, output, failureReason } = workflow
      return {
        status,
        ...(output && { counts: output }),
        ...(failureReason !== undefined && { failureReason }),
      }
    },
    listItems: async ({ input: { limit, cursor }, client, interfaces }) => {
      const { items, nextCursor } = await client.findTableRows({
        table: 'items',
        filter: { gone: false },
        limit,
        ...(cursor !== undefined && { cursor }),
      })
      return {
        items: items.flatMap(({ item, seenAt }) => {
          const own = interfaces.source.entities.item.safeParse(item)
          return own ? [{ item: own, seenAt }] : []
        }),
        nextCursor,
      }
    },
    getItem: async ({ input, client, interfaces }) => {
      const { items } = await client.findTableRows({
        table: 'items',
        filter: { itemId: input.id, gone: false },
        limit: 1,
      })
      const item = interfaces.source.entities.item.safeParse(items[0]?.item)
      return item && items[0] ? { item, seenAt: items[0].seenAt } : {}
    },
  },
})

synchronizer.on.event('synchronizationDue', async ({ event, configuration, client }) => {
  if (await isDue(client, configuration.every, event.createdAt)) await begin(client)
})

synchronizer.on.workflowStart('synchronization', async ({ workflow, ...context }) => step(context, workflow))
synchronizer.on.workflowContinue('synchronization', async ({ workflow, ...context }) => step(context, workflow))
synchronizer.on.workflowTimeout('synchronization', async ({ workflow, logger }) => {
  logger.warn('a synchronisation was given up, since nothing of it was done for half an hour', { id: workflow.id })
})

synchronizer.on.event('source:itemCreated', async ({ event, client }) =>
  keep(client, event.payload.item, event.createdAt),
)
synchronizer.on.event('source:itemUpdated', async ({ event, client }) =>
  keep(client, event.payload.item, event.createdAt),
)
synchronizer.on.event('source:itemDeleted', async ({ event, client }) =>
  forget(client, event.payload.id, event.createdAt),
)

export default synchronizer
