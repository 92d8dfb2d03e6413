import { PluginImplementation } from 'plugboard'
import definition from './definition.ts'
import { isSame } from './reading.ts'
import { changed, textOf } from './text.ts'
import { translate } from './translate.ts'

const translator = new PluginImplementation(definition, {
  actions: {
    getTranslation: async ({ input, client }) => {
      const { items } = await client.findTableRows({ table: 'translations', filter: input, limit: 1 })
      const [row] = items
      if (!row) return {}
      const { original, translated, from, to } = row
      return { translation: { original, translated, from, to } }
    },
  },
})

translator.on.beforeIncomingMessage('*', async ({ message, data, conversation, ...context }) => {
  const { client, configuration } = context
  const { botLanguage, userLanguage, incoming, outgoing } = configuration
  const found = textOf(data)
  // A language that is not fixed is found out also where only answers are translated, into it.
  if (!found || (userLanguage === undefined ? !incoming && !outgoing : !incoming)) return undefined
  if (userLanguage !== undefined && isSame(userLanguage, botLanguage)) return undefined
  const reading = await translate(context, message.id, found.text, { from: userLanguage, to: botLanguage })
  if (!reading) return undefined
  if (userLanguage === undefined)
    await client.setState({ name: 'language', id: conversation.id, payload: { name: reading.language } })
  return incoming && !isSame(reading.language, botLanguage) ? changed(data, found.field, reading.text) : undefined
})

translator.on.beforeOutgoingMessage('*', async ({ message, data, conversation, ...context }) => {
  const { client, configuration } = context
  const { botLanguage, userLanguage, outgoing } = configuration
  const found = textOf(data)
  if (!found || !outgoing) return undefined
  const { state } = await client.getState({ name: 'language', id: conversation.id })
  const to = userLanguage ?? state?.payload.name
  if (to === undefined || isSame(to, botLanguage)) return undefined
  const reading = await translate(context, message.id, found.text, { from: botLanguage, to })
  return reading && changed(data, found.field, reading.text)
})

translator.on.event('tidyingDue', async ({ event, configuration, client }) => {
  const oldest = new Date(Date.parse(event.createdAt) - configuration.keepDays * 86_400_000).toISOString()
  await client.deleteTableRows({ table: 'translations', filter: { createdAt: { $lt: oldest } } })
})

export default translator
