import { PluginImplementation } from 'plugboard'
import definition from './definition.ts'
import { isSame, type Reading, readingOf, task } from './reading.ts'

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

translator.on.beforeIncomingMessage(
  '*',
  async ({ message, data, conversation, configuration, client, interfaces, logger }) => {
    const { botLanguage, userLanguage, incoming, outgoing, model } = configuration
    const found = textOf(data)
    // A language that is not fixed is found out also where only answers are translated, into it.
    if (!found || (userLanguage === undefined ? !incoming && !outgoing : !incoming)) return undefined
    if (userLanguage !== undefined && isSame(userLanguage, botLanguage)) return undefined
    const { items } = await client.findTableRows({
      table: 'translations',
      filter: { messageId: message.id, original: found.text },
      limit: 1,
    })
    if (items[0]) return incoming ? changed(data, found.field, items[0].translated) : undefined
    try {
      const { content } = await interfaces.llm.generateContent({
        model,
        systemPrompt: task(botLanguage, userLanguage),
        messages: [{ role: 'user', content: found.text }],
      })
      const reading: Reading | undefined =
        userLanguage === undefined
          ? readingOf(content)
          : content.trim() === ''
            ? undefined
            : { language: userLanguage, text: content.trim() }
      if (!reading) {
        logger.warn('a message is passed on as it is, since the model gave no translation', { messageId: message.id })
        return undefined
      }
      if (userLanguage === undefined)
        await client.setState({ name: 'language', id: conversation.id, payload: { name: reading.language } })
      if (isSame(reading.language, botLanguage) || !incoming) return undefined
      await client.createTableRows({
        table: 'translations',
        rows: [
          {
            messageId: message.id,
            original: found.text,
            translated: reading.text,
            from: reading.language,
            to: botLanguage,
          },
        ],
      })
      return changed(data, found.field, reading.text)
    } catch (error) {
      // A bot that reads a foreign language badly is better than one that does not hear.
      logger.warn('a message is passed on as it is, since it could not be translated', {
        error,
        messageId: message.id,
      })
      return undefined
    }
  },
)

translator.on.beforeOutgoingMessage(
  '*',
  async ({ message, data, conversation, configuration, client, interfaces, logger }) => {
    const { botLanguage, userLanguage, outgoing, model } = configuration
    const found = textOf(data)
    if (!found || !outgoing) return undefined
    const { state } = await client.getState({ name: 'language', id: conversation.id })
    const to = userLanguage ?? state?.payload.name
    if (to === undefined || isSame(to, botLanguage)) return undefined
    const { items } = await client.findTableRows({
      table: 'translations',
      filter: { messageId: message.id, original: found.text },
      limit: 1,
    })
    if (items[0]) return changed(data, found.field, items[0].translated)
    try {
      const { content } = await interfaces.llm.generateContent({
        model,
        systemPrompt: task(to, botLanguage),
        messages: [{ role: 'user', content: found.text }],
      })
      const translated = content.trim()
      if (translated === '') {
        logger.warn('a message is sent as it is, since the model gave no translation', { messageId: message.id })
        return undefined
      }
      await client.createTableRows({
        table: 'translations',
        rows: [{ messageId: message.id, original: found.text, translated, from: botLanguage, to }],
      })
      return changed(data, found.field, translated)
    } catch (error) {
      // A bot that speaks a foreign language is better than one that falls silent.
      logger.warn('a message is sent as it is, since it could not be translated', { error, messageId: message.id })
      return undefined
    }
  },
)

translator.on.event('tidyingDue', async ({ event, configuration, client }) => {
  const oldest = new Date(Date.parse(event.createdAt) - configuration.keepDays * 86_400_000).toISOString()
  await client.deleteTableRows({ table: 'translations', filter: { createdAt: { $lt: oldest } } })
})

/** The part of a message that is looked at. */
interface Content {
  readonly type: string
  readonly payload: Record<string, unknown>
}

function textOf({ payload }: Content): { field: string; text: string } | undefined {
  const field = ['text', 'markdown'].find((name) => typeof payload[name] === 'string')
  const text = field === undefined ? '' : String(payload[field])
  return field === undefined || text.trim() === '' ? undefined : { field, text }
}

const changed = (data: Content, field: string, text: string): { data: Content } => ({
  data: { type: data.type, payload: { ...data.payload, [field]: text } },
})

export default translator
