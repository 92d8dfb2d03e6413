import { PluginImplementation } from 'plugboard'
import { answering, type Context } from './answering.ts'
import definition from './definition.ts'
import { latestTurns, textOf } from './history.ts'
import { spoken } from './spoken.ts'
import type { Round } from './tool-use.ts'
import { Withheld } from './withheld.ts'

const assistant = new PluginImplementation(definition)

assistant.on.message('*', async ({ message, conversation, ...context }) => {
  const { client, configuration, logger } = context
  const conversationId = conversation.id
  const asked = textOf(message)
  if (asked === undefined) {
    logger.info(`a message '${message.type}' has no text to answer`, { conversationId })
    return
  }
  if (asked.length > configuration.messageCharacters) {
    await notify(context, conversationId, 'tooLong')
    return
  }
  const { state } = await client.getState({ name: 'toolUse', id: conversationId })
  const uses = state?.payload.uses ?? []
  const history = await latestTurns(client, message, uses, {
    length: configuration.historyLength - 1,
    characters: configuration.historyCharacters,
    message: configuration.messageCharacters,
  })
  const rounds: Round[] = []
  try {
    const stream = await spoken(answering(context, { asked, history }, rounds))
    if (stream) await client.createMessage({ conversationId, type: 'text', stream })
    else logger.warn('the model gave an empty answer', { conversationId })
  } catch (error) {
    if (!(error instanceof Withheld)) throw error
    await notify(context, conversationId, error.reason)
  }
  if (rounds.length === 0) return
  // What is told of other messages has gone from what the model is given.
  const kept = uses.filter(({ messageId }) => history.some(({ id }) => id === messageId))
  const use = { messageId: message.id, rounds: rounds.map(({ calls }) => ({ calls: [...calls] })) }
  await client.setState({ name: 'toolUse', id: conversationId, payload: { uses: [...kept, use] } })
})

assistant.on.handlerFailed('message', async ({ handler, conversation, ctx, ...context }) => {
  if (handler.consumer === ctx.alias && conversation) await notify(context, conversation.id, 'failed')
})

/** Tells people why there is no answer, if they are to be told. */
async function notify(
  { client, configuration }: Pick<Context, 'client' | 'configuration'>,
  conversationId: string,
  reason: 'failed' | 'filtered' | 'tooLong',
): Promise<void> {
  const text = configuration[reason]
  if (text === '') return
  await client.createMessage({ conversationId, type: 'text', payload: { text }, tags: { notice: reason } })
}

export default assistant
