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

minutes.on.message('text', async ({ message, conversation, client }) => {
  const { text } = message.payload
  if (text.startsWith('Off the record:')) return
  await client.createTableRows({ table: 'lines', rows: [{ conversationId: conversation.id, text }] })
})

// A hook, so that no other plugin answers the command as well.
minutes.on.beforeIncomingMessage('text', async ({ data, conversation, ...context }) => {
  const { client, configuration } = context
  if (data.payload['text'] !== configuration.command) return undefined
  const summary = await summarize(context, conversation.id)
  if (summary !== '') {
    await client.createMessage({ conversationId: conversation.id, type: 'text', payload: { text: summary } })
    await client.createEvent({ type: 'summarized', payload: { summary }, conversationId: conversation.id })
  }
  return { stop: true }
})

minutes.on.event('tidyingDue', async ({ event, configuration, client }) => {
  const oldest = new Date(Date.parse(event.createdAt) - configuration.keepDays * 86_400_000).toISOString()
  await client.deleteTableRows({ table: 'lines', filter: { createdAt: { $lt: oldest } } })
})

export default minutes
