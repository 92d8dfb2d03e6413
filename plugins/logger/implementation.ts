import { type ConsumerContext, PluginImplementation } from 'plugboard'
import definition from './definition.ts'
import { redaction } from './redaction.ts'

type Context = Pick<ConsumerContext<(typeof definition)['$types']>, 'configuration' | 'logger'>

const logger = new PluginImplementation(definition)

logger.on.beforeIncomingMessage('*', async ({ message, conversation, user, data, ...context }) => {
  const { id, type } = message
  const details = { messageId: id, conversationId: conversation.id, userId: user.id, type }
  write(context, 'messages', `a message came through '${conversation.integration}'`, details, {
    payload: data.payload,
  })
})

// Afterwards, so that no message must be whole before it is shown, and what is logged is what was sent.
logger.on.afterOutgoingMessage('*', async ({ message, conversation, data, ...context }) => {
  const details = { messageId: message.id, conversationId: conversation.id, type: message.type }
  write(context, 'messages', `a message was sent through '${conversation.integration}'`, details, {
    payload: data.payload,
  })
})

logger.on.beforeIncomingEvent('*', async ({ event, data, ...context }) => {
  const { id, type, conversationId, userId } = event
  const details = {
    eventId: id,
    type,
    ...(conversationId !== undefined && { conversationId }),
    ...(userId !== undefined && { userId }),
  }
  write(context, 'events', `'${type}' happened`, details, { payload: data })
})

logger.on.beforeOutgoingCallAction('*', async ({ call, data, ...context }) => {
  const { integration, action, consumer } = call
  write(context, 'actions', `'${consumer}' calls '${integration}.${action}'`, { ...call }, { input: data.input })
})

logger.on.afterOutgoingCallAction('*', async ({ call, data, ...context }) => {
  const { integration, action, consumer } = call
  write(context, 'actions', `'${integration}.${action}' answered '${consumer}'`, { ...call }, { output: data.output })
})

logger.on.callFailed('*', async ({ call, error, ...context }) => {
  const { integration, action, consumer } = call
  const message = `'${integration}.${action}' failed for '${consumer}': ${error.code}`
  write(context, 'failures', message, { ...call, code: error.code, retryable: error.retryable }, { error })
})

logger.on.handlerFailed('*', async ({ handler, error, message, event, conversation, user, ...context }) => {
  const { consumer, moment, attempts } = handler
  const what = moment === 'hooks' ? 'hooks' : `a handler of ${moment} of '${consumer}'`
  const about = { messageId: message?.id, eventId: event?.id, conversationId: conversation?.id, userId: user?.id }
  write(
    context,
    'failures',
    `${what} failed for good: ${error.code}`,
    { ...about, code: error.code, attempts },
    { error },
  )
})

function write(
  { configuration, logger: log }: Context,
  kind: 'messages' | 'events' | 'actions' | 'failures',
  message: string,
  details: object,
  contents: object,
): void {
  const level = configuration[kind]
  if (level === 'off') return
  const shown = configuration.contents ? redaction(configuration)(contents) : {}
  log[level](message, { ...details, ...(shown as object) })
}

export default logger
