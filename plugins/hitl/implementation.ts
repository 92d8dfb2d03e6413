import { PluginImplementation } from 'plugboard'
import { askHumans } from './ask-humans.ts'
import definition from './definition.ts'
import { awaitSession, fromHumans, join, servedIn, toUser } from './from-humans.ts'
import { handBack } from './hand-back.ts'
import { isCommand } from './message-content.ts'
import { requestEnd, requestHumans } from './request-humans.ts'
import { standing } from './standing.ts'
import { toHumans } from './to-humans.ts'

const hitl = new PluginImplementation(definition, {
  actions: {
    startHitl: async ({ input, ...context }) => requestHumans(context, input),
    stopHitl: async ({ input, ...context }) => requestEnd(context, input.conversationId),
  },
})

// What is stopped here no other plugin hears, and nobody answers. A hook changes nothing that decides what it does: after a
// crash it may be run again for the same message, and must come to the same.
hitl.on.beforeIncomingMessage('*', async ({ message, conversation, user, data, ...context }) => {
  const { client, configuration } = context
  const { open, serves, request } = await standing(client, conversation.id)
  const said = { ...data, id: message.id, conversationId: conversation.id, userId: user.id }
  if (serves) await fromHumans(context, serves, said)
  else if (open) await toHumans(context, open, said)
  else if (request) {
    // It is handed over with the history, once humans have been asked.
    const { session } = request
    if (isCommand(data, configuration.stopCommand))
      await client.createEvent({ type: 'ending', conversationId: conversation.id, payload: { session, by: 'user' } })
  } else {
    if (client.channelOf(conversation) === 'hitl:hitl') await awaitSession(context, conversation.id)
    if (!isCommand(data, configuration.startCommand)) return undefined
    await requestHumans(context, { conversationId: conversation.id, userId: user.id })
  }
  return { stop: true }
})

hitl.on.event('requested', async ({ event, conversation, ...context }) => {
  if (conversation) await askHumans(context, conversation.id, event.payload)
})

// However often it was tried: whoever waits need not wait until the timer runs out.
hitl.on.handlerFailed('event', async ({ handler, event, conversation, ctx, client }) => {
  if (handler.consumer !== ctx.alias || event?.type !== `${ctx.alias}:requested` || !conversation) return
  const { session } = event.payload as { session: string }
  const payload = { session, by: 'unavailable' as const }
  await client.createEvent({ type: 'ending', conversationId: conversation.id, payload })
})

hitl.on.event('hitl:hitlAssigned', async ({ event, ...context }) => {
  const { userId } = event.payload
  const serves = await servedIn(context, event.payload.conversationId)
  if (!serves) return
  const { session, conversationId } = serves
  await context.client.createEvent({ type: 'joined', conversationId, payload: { session, userId } })
})

hitl.on.event('joined', async ({ event, conversation, ...context }) => {
  const { session, userId } = event.payload
  if (conversation) await join(context, conversation.id, session, userId)
})

hitl.on.event('answered', async ({ event, conversation, ...context }) => {
  if (conversation) await toUser(context, conversation.id, event.payload)
})

hitl.on.event('hitl:hitlStopped', async ({ event, ...context }) => {
  const serves = await servedIn(context, event.payload.conversationId)
  if (!serves) return
  const { session, conversationId } = serves
  await context.client.createEvent({ type: 'ending', conversationId, payload: { session, by: 'humans' } })
})

hitl.on.workflowTimeout('timer', async ({ workflow, client }) => {
  const { session, conversationId } = workflow.input
  await client.createEvent({ type: 'ending', conversationId, payload: { session, by: 'timeout', timer: workflow.id } })
})

hitl.on.event('ending', async ({ event, conversation, ...context }) => {
  if (conversation) await handBack(context, conversation.id, event.payload)
})

hitl.on.event('closing', async ({ event, interfaces }) => {
  await interfaces.hitl.stopHitl({ conversationId: event.payload.humans })
})

export default hitl
