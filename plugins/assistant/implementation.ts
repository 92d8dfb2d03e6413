import { PluginImplementation } from 'plugboard'
import definition from './definition.ts'
import { asTurn, latestTurns } from './history.ts'
import { spoken } from './spoken.ts'

const assistant = new PluginImplementation(definition)

assistant.on.message('*', async ({ message, conversation, configuration, interfaces, client, logger }) => {
  const asked = asTurn(message)
  if (!asked) {
    logger.info(`a message '${message.type}' has no text to answer`, { conversationId: conversation.id })
    return
  }
  const { historyLength, systemPrompt, model, temperature, maxTokens, vendorOptions } = configuration
  const history = await latestTurns(client, message, historyLength - 1)
  const answer = interfaces.llm.streamContent({
    model,
    systemPrompt,
    temperature,
    maxTokens,
    vendorOptions,
    messages: [...history, asked],
  })
  const stream = await spoken(answer)
  if (stream) await client.createMessage({ conversationId: conversation.id, type: 'text', stream })
  else logger.warn('the model gave an empty answer', { conversationId: conversation.id })
})

export default assistant
