import { PlugboardError } from 'plugboard'
import type definition from './definition.ts'
import { historyOf, isIncoming } from './history.ts'
import { type Context, keep, standing } from './standing.ts'
import { tell } from './tell.ts'
import { startTimer, stopTimer } from './timers.ts'

type Requested = (typeof definition)['$types']['events']['requested']['parsed']

/** Asks humans to take over a conversation for which they were requested. */
export async function askHumans(context: Context, conversationId: string, requested: Requested): Promise<void> {
  const { client, configuration } = context
  const { session } = requested
  const { open, request } = await standing(client, conversationId)
  await stopTimer(client, requested.timer)
  // It was withdrawn, or somebody else has requested them at the same time.
  if (request?.session !== session) return
  await client.setState({ name: 'request', id: conversationId, payload: {} })
  if (open) return
  const asked = await ask(context, conversationId, requested)
  if (!asked) {
    await tell(context, conversationId, 'unavailable')
    await client.createEvent({ type: 'handedBack', conversationId, payload: { session, by: 'unavailable' } })
    return
  }
  const timer = await startTimer(client, { session, conversationId }, configuration.waitSeconds)
  await keep(client, conversationId, { session, timer, status: 'waiting', agents: [], ...asked })
  const serves = { session, conversationId, over: false }
  await client.setState({ name: 'session', id: asked.humans, payload: { serves } })
  await tell(context, conversationId, 'asked')
  await client.createEvent({ type: 'handedOver', conversationId, payload: { session, humans: asked.humans } })
}

/** What came of asking; undefined where the platform refuses. */
async function ask(
  context: Context,
  conversationId: string,
  { userId, email, title, description, hitlSession }: Requested,
): Promise<{ humans: string; users: Record<string, string>; handed: string[] } | undefined> {
  const { client, configuration, interfaces, logger } = context
  const { messages: latest, writer } = await historyOf(client, conversationId, configuration.historyLength)
  // What comes while this is tried again is passed on afterwards, by itself.
  const ids = await client.step('history', async () => latest.map(({ id }) => id))
  const messages = latest.filter(({ id }) => ids.includes(id))
  const helped = userId ?? writer
  const writers = messages.filter(isIncoming).map((message) => message.userId)
  try {
    const users: Record<string, string> = {}
    for (const id of new Set([...(helped === undefined ? [] : [helped]), ...writers]))
      users[id] = await client.step(`user ${id}`, () => humansUser(context, id, id === helped ? email : undefined))
    const anonymous = async () => (await interfaces.hitl.createUser({ ...(email !== undefined && { email }) })).userId
    const served = (helped === undefined ? undefined : users[helped]) ?? (await client.step('user', anonymous))
    const { conversationId: humans } = await client.step('session', () =>
      interfaces.hitl.startHitl({
        userId: served,
        title: title ?? configuration.title,
        description,
        messageHistory: messages.map((message) => ({
          source: isIncoming(message) ? { type: 'user', userId: users[message.userId] ?? served } : { type: 'bot' },
          type: message.type,
          payload: message.payload as Record<string, never>,
        })),
        hitlSession: hitlSession ?? configuration.hitlSession,
      }),
    )
    await client.getConversation({ id: humans })
    return { humans, users, handed: messages.filter(isIncoming).map(({ id }) => id) }
  } catch (error) {
    // What may go better next time is tried again; what the store or a stop of the bot cuts off, too.
    if (context.signal.aborted || !isRefusal(error)) throw error
    logger.warn('humans cannot be asked', { error, conversationId })
    return undefined
  }
}

/** The user under whose name the platform is given what somebody writes. */
export async function humansUser({ client, interfaces }: Context, id: string, email?: string): Promise<string> {
  const { name, pictureUrl } = (await client.getUser({ id })).user
  const { userId } = await interfaces.hitl.createUser({
    ...(name !== undefined && { name }),
    ...(pictureUrl !== undefined && URL.canParse(pictureUrl) && { pictureUrl }),
    ...(email !== undefined && { email }),
  })
  return userId
}

const isRefusal = (error: unknown): boolean =>
  PlugboardError.isInstance(error) && !error.retryable && error.code !== 'lease_lost' && error.code !== 'store_failed'
