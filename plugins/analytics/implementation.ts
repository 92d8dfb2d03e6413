import { type ConsumerContext, type Conversation, type Message, PluginImplementation } from 'plugboard'
import definition from './definition.ts'
import { daysOf, type Fact } from './report.ts'

type Client = ConsumerContext<(typeof definition)['$types']>['client']

const analytics = new PluginImplementation(definition, {
  actions: {
    report: async ({ input, client }) => ({ days: await daysOf(factsOf(client, input)) }),
  },
})

// After the handlers: a message that is tried again is counted when it is done.
analytics.on.afterIncomingMessage('*', async ({ message, conversation, user, client }) => {
  const { integration } = conversation
  const day = dayOf(message.createdAt)
  await client.upsertTableRows({
    table: 'facts',
    keyColumn: 'key',
    rows: [...said(message, conversation), { key: `${day}/user/${user.id}`, day, kind: 'user', subject: integration }],
  })
})

analytics.on.afterOutgoingMessage('*', async ({ message, conversation, client }) => {
  await client.upsertTableRows({ table: 'facts', keyColumn: 'key', rows: said(message, conversation) })
})

analytics.on.beforeOutgoingCallAction('*', async ({ call, ctx, client, configuration }) => {
  if (!configuration.actions) return
  const day = dayOf(new Date().toISOString())
  const subject = `${call.integration}.${call.action}`
  const key = `action/${ctx.idempotencyKey}`
  await client.upsertTableRows({ table: 'facts', keyColumn: 'key', rows: [{ key, day, kind: 'action', subject }] })
})

analytics.on.event('tidyingDue', async ({ event, configuration, client }) => {
  const oldest = dayOf(new Date(Date.parse(event.createdAt) - configuration.keepDays * 86_400_000).toISOString())
  await client.deleteTableRows({ table: 'facts', filter: { day: { $lt: oldest } } })
})

const dayOf = (date: string): string => date.slice(0, 10)

function said({ id, direction, createdAt }: Message, conversation: Conversation): (Fact & { key: string })[] {
  const day = dayOf(createdAt)
  const subject = conversation.integration
  return [
    { key: `${direction}/${id}`, day, kind: direction, subject },
    { key: `${day}/conversation/${conversation.id}`, day, kind: 'conversation', subject },
  ]
}

async function* factsOf(client: Client, { from, to }: { from?: string | undefined; to?: string | undefined }) {
  const filter = {
    ...((from ?? to) !== undefined && {
      day: { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lte: to }) },
    }),
  }
  let cursor: string | undefined
  do {
    const page = await client.findTableRows({
      table: 'facts',
      filter,
      orderBy: 'day',
      limit: 500,
      ...(cursor !== undefined && { cursor }),
    })
    yield* page.items
    cursor = page.nextCursor
  } while (cursor !== undefined)
}

export default analytics
