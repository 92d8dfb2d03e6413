import { PluginDefinition, z } from 'plugboard'

/** A day in UTC: `2026-11-29`. */
const day = z.iso.date()

export default new PluginDefinition({
  name: 'analytics',
  version: '0.1.0',
  title: 'Analytics',
  description: 'Counts messages, people, conversations and calls of actions, day by day.',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      /** Whether calls of actions are counted. */
      actions: z.boolean().default(true),
      /** How many days are kept. */
      keepDays: z.number().int().positive().default(90),
    }),
  },
  actions: {
    report: {
      title: 'Report',
      description: 'Gives the counts of the days on which something happened, the earliest first.',
      input: {
        schema: z.object({
          /** The first day. Default: the first that is kept. */
          from: day.optional(),
          /** The last day. Default: the latest. */
          to: day.optional(),
        }),
      },
      output: {
        schema: z.object({
          days: z.array(
            z.object({
              day,
              /** Messages from people that were handled. */
              incoming: z.number(),
              /** Messages of the bot that a platform took. */
              outgoing: z.number(),
              /** The people who wrote something. */
              users: z.number(),
              /** The conversations in which something was said. */
              conversations: z.number(),
              /** Calls of actions of integrations, by `<alias>.<action>`. */
              actions: z.record(z.string(), z.number()),
            }),
          ),
        }),
      },
    },
  },
  tables: {
    /** One row for each thing that is counted. */
    facts: {
      schema: z.object({
        /** Tells the fact from others, so that it is counted once however often it is told. */
        key: z.string(),
        day,
        kind: z.enum(['incoming', 'outgoing', 'user', 'conversation', 'action']),
        /** The integration that it concerns; of an action, `<alias>.<action>`. */
        subject: z.string(),
      }),
    },
  },
  events: { tidyingDue: { schema: z.object({}) } },
  recurringEvents: { tidying: { type: 'tidyingDue', payload: {}, schedule: { cron: '20 3 * * *' } } },
})
