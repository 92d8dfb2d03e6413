import { PluginImplementation } from 'plugboard'
import { answering } from './answering.ts'
import type { Context } from './context.ts'
import definition from './definition.ts'
import { latestTurns, textOf } from './history.ts'
import type { Round } from './memory.ts'
import { spoken } from './spoken.ts'
import { type Reason, Withheld } from './withheld.ts'

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
  const { state } = await client.getState({ name: 'memory', id: conversationId })
  const { uses, unanswerable } = state?.payload ?? { uses: [], unanswerable: [] }
  const history = await latestTurns(
    client,
    message,
    { uses, unanswerable },
    {
      length: configuration.historyLength - 1,
      characters: configuration.historyCharacters,
      message: configuration.messageCharacters,
    },
  )
  const rounds: Round[] = []
  let isAnswerable = true
  try {
    const stream = await spoken(answering(context, { asked, history }, rounds))
    if (stream) await client.createMessage({ conversationId, type: 'text', stream })
    // What it did by a tool may be all that there is to say.
    else if (rounds.length === 0) logger.warn('the model gave an empty answer', { conversationId })
  } catch (error) {
    if (!(error instanceof Withheld)) throw error
    isAnswerable = false
    await notify(context, conversationId, error.reason)
  }
  if (rounds.length === 0 && isAnswerable) return
  // What is told of other messages has gone from what the model is given.
  const kept = uses.filter(({ messageId }) => history.some(({ id }) => id === messageId))
  const use = { messageId: message.id, rounds: rounds.map(({ calls }) => ({ calls: [...calls] })) }
  const payload = {
    uses: rounds.length === 0 ? kept : [...kept, use],
    unanswerable: isAnswerable ? unanswerable : [...unanswerable, message.id].slice(-configuration.historyLength),
  }
  await client.setState({ name: 'memory', id: conversationId, payload })
})

assistant.on.handlerFailed('message', async ({ handler, conversation, ctx, ...context }) => {
  if (handler.consumer === ctx.alias && conversation) await notify(context, conversation.id, 'failed')
})

/** Tells people why there is no answer, if they are to be told. */
async function notify(
  { client, configuration }: Pick<Context, 'client' | 'configuration'>,
  conversationId: string,
  reason: 'failed' | Reason,
): Promise<void> {
  const text = configuration[reason]
  if (text === '') return
  await client.createMessage({ conversationId, type: 'text', payload: { text }, tags: { notice: reason } })
}

export default assistant
