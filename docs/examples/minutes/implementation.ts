import { PluginImplementation } from 'plugboard'
import definition from './definition.ts'
import { summarize } from './summarize.ts'

const minutes = new PluginImplementation(definition, {
  actions: {
    summarize: async ({ ctx: { conversationId }, ...context }) => ({
      summary: conversationId === undefined ? '' : await summarize(context, conversationId),
    }),
  },
})

minutes.on.beforeIncomingMessage('text', async ({ data }) =>
  String(data.payload['text']).startsWith('Off the record:') ? { stop: true } : undefined,
)

minutes.on.message('text', async ({ message, conversation, ...context }) => {
  const { client, configuration } = context
  const { text } = message.payload
  if (text !== configuration.command) {
    await client.createTableRows({ table: 'lines', rows: [{ conversationId: conversation.id, text }] })
    return
  }
  // A second attempt, if there is one, does not ask the model again.
  const summary = await client.step('summary', () => summarize(context, conversation.id))
  if (summary === '') return
  await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: summary } })
  await client.createEvent({ type: 'summarized', payload: { summary }, conversationId: conversation.id })
})

minutes.on.event('tidyingDue', async ({ event, configuration, client }) => {
  const oldest = new Date(Date.parse(event.createdAt) - configuration.keepDays * 86_400_000).toISOString()
  await client.deleteTableRows({ table: 'lines', filter: { createdAt: { $lt: oldest } } })
})

export default minutes
