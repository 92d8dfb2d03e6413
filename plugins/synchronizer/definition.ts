import { need, PluginDefinition, z } from 'plugboard'
import creatable from 'plugboard/interfaces/creatable'
import deletable from 'plugboard/interfaces/deletable'
import listable from 'plugboard/interfaces/listable'
import updatable from 'plugboard/interfaces/updatable'

const count = z.number().int().nonnegative()
/** What a pass has changed in the mirror. */
const counts = z.object({ created: count, updated: count, unchanged: count, deleted: count })
const synchronization = z.string().min(1).describe('The id of a pass.')

export default new PluginDefinition({
  name: 'synchronizer',
  version: '0.1.0',
  title: 'Synchronizer',
  description: 'Mirrors whatever an integration lists into a table, by its events and by the clock.',
  readme: 'README.md',
  interfaces: { source: need(listable, { share: 'item', hears: [creatable, updatable, deletable] }) },
  configuration: {
    schema: z.object({
      /** After how many minutes everything is looked through again, in steps of five. 0: only when it is asked for. */
      every: z.number().int().nonnegative().default(60),
      /** How many items are asked for at once. Default: the integration's choice. */
      pageSize: z.number().int().positive().max(1000).optional(),
    }),
  },
  actions: {
    synchronize: {
      title: 'Synchronise',
      description: 'Begins to look through everything that the integration lists. One pass goes on at a time.',
      input: { schema: z.object({}) },
      output: { schema: z.object({ synchronization }) },
    },
    getSynchronization: {
      title: 'Get synchronisation',
      description: 'Says how a pass stands.',
      input: { schema: z.object({ synchronization }) },
      output: {
        schema: z.object({
          status: z.enum(['pending', 'in_progress', 'completed', 'failed', 'cancelled', 'timedout']),
          /** What it has changed, once it is completed. */
          counts: counts.optional(),
          /** Why it failed. */
          failureReason: z.string().optional(),
        }),
      },
    },
    listItems: {
      title: 'List items',
      description: 'Gives a page of the items as they were seen last, without asking the integration.',
      input: {
        schema: z.object({
          /** Where to go on: the `nextCursor` of the page before. Default: at the start. */
          cursor: z.string().optional(),
          /** The most items that the page may hold. */
          limit: z.number().int().positive().max(1000).default(100),
        }),
      },
      output: {
        schema: ({ entities }) =>
          z.object({
            items: z.array(z.object({ item: entities.source.item, seenAt: z.string() })),
            nextCursor: z.string().optional(),
          }),
      },
    },
    getItem: {
      title: 'Get item',
      description: 'Gives an item as it was seen last, without asking the integration.',
      input: { schema: z.object({ id: z.string() }) },
      output: {
        schema: ({ entities }) =>
          z.object({
            /** Left out where no item of the id is known. */
            item: entities.source.item.optional(),
            /** When it was seen last: ISO 8601, in UTC. */
            seenAt: z.string().optional(),
          }),
      },
    },
  },
  tables: {
    items: {
      schema: z.object({
        itemId: z.string(),
        /** As it was seen last: plain, for it may belong to an integration that is not bound any more. */
        item: z.json(),
        /** Whether it was deleted. Kept until the next pass, so that what is told late does not bring it back. */
        gone: z.boolean(),
        /** When it was told of, or when the pass began that met it: ISO 8601, in UTC. */
        seenAt: z.string(),
      }),
    },
  },
  states: {
    /** The pass that goes on, or was the latest. */
    latest: { type: 'bot', schema: z.object({ id: z.string(), startedAt: z.string() }) },
    /** How far a pass has come. */
    progress: {
      type: 'workflow',
      schema: z.object({
        cursor: z.string().optional(),
        /** Whether every page was read. */
        complete: z.boolean(),
        /** How often it began anew, since the integration knew its cursor no more. */
        restarts: count,
        /** How often the integration failed since it last answered. */
        failures: count,
        counts,
      }),
    },
  },
  workflows: {
    synchronization: {
      title: 'Synchronisation',
      description: 'Looks through everything page by page, and deletes at the end what was not met.',
      input: { schema: z.object({}) },
      output: { schema: counts },
      timeout: 1_800_000,
    },
  },
  events: {
    /** A pass is completed. */
    synchronized: { schema: counts.extend({ synchronization }) },
    synchronizationDue: { schema: z.object({}) },
  },
  recurringEvents: {
    synchronization: { type: 'synchronizationDue', payload: {}, schedule: { cron: '*/5 * * * *' } },
  },
})
