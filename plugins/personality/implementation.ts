import { PluginImplementation } from 'plugboard'
import definition from './definition.ts'

const personality = new PluginImplementation(definition)

personality.on.beforeOutgoingMessage('*', async ({ data, conversation, configuration, interfaces, logger }) => {
  const field = ['text', 'markdown'].find((name) => typeof data.payload[name] === 'string')
  if (field === undefined) return undefined
  const { style, model, temperature } = configuration
  try {
    const { content, stopReason } = await interfaces.llm.generateContent({
      model,
      temperature,
      systemPrompt: `Rewrite the user's message ${style}. Keep its meaning, its language and its links. Answer with the rewritten message alone.`,
      messages: [{ role: 'user', content: String(data.payload[field]) }],
    })
    // Half of it would be taken for the whole message.
    if (content.trim() === '' || stopReason === 'length' || stopReason === 'contentFilter') {
      logger.warn('a message is sent as it is, since the model gave nothing in its place', {
        stopReason,
        conversationId: conversation.id,
      })
      return undefined
    }
    return { data: { type: data.type, payload: { ...data.payload, [field]: content } } }
  } catch (error) {
    // A bot that speaks plainly is better than one that falls silent.
    logger.warn('a message is sent as it is, since it could not be rewritten', {
      error,
      conversationId: conversation.id,
    })
    return undefined
  }
})

export default personality
