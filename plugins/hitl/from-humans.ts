import { PlugboardError } from 'plugboard'
import { type Content, isCommand, isUnfit, signed } from './message-content.ts'
import { type Context, keep, type Open, type Serves, standing } from './standing.ts'
import { tell } from './tell.ts'
import { isAsking, restartTimer, startTimer, stopTimer } from './timers.ts'

/** Hears a message of humans: what they wrote is passed on in the lane of the conversation that they serve. */
export async function fromHumans(
  { client, configuration, logger }: Context,
  { session, conversationId, over }: Serves,
  { userId, type, payload }: Content & { readonly userId: string },
): Promise<void> {
  if (over) logger.info('a message of humans came after the end, and is not passed on', { conversationId })
  else if (isCommand({ type, payload }, configuration.humansStopCommand))
    await client.createEvent({ type: 'ending', conversationId, payload: { session, by: 'agent' } })
  else
    await client.createEvent({
      type: 'answered',
      conversationId,
      payload: { session, userId, type, payload: payload as Record<string, never> },
    })
}

/** The conversation that is served in another one; undefined where it is none, or not any more. */
export async function servedIn(context: Context, humans: string): Promise<Serves | undefined> {
  const { serves } = await standing(context.client, humans)
  if (!serves) await awaitSession(context, humans)
  return serves?.over ? undefined : serves
}

/**
 * Humans may be there before it is known which conversation they serve: what comes of them waits as long as any is being
 * handed over.
 * @throws {PlugboardError} that says to try again.
 */
export async function awaitSession({ client, ctx }: Context, conversationId: string): Promise<void> {
  if (await isAsking(client))
    throw new PlugboardError({
      code: 'conversation_unknown',
      message: `it is not known yet which conversation is served in '${conversationId}'`,
      retryable: true,
      where: { plugin: ctx.alias },
    })
}

/** Notes that somebody serves a conversation. */
export async function join(context: Context, conversationId: string, session: string, userId: string): Promise<void> {
  const { open } = await standing(context.client, conversationId)
  if (open?.session === session)
    await keep(context.client, conversationId, await joined(context, conversationId, open, userId))
}

/** Passes a message of humans on to the conversation that they serve. */
export async function toUser(
  context: Context,
  conversationId: string,
  { session, userId, ...content }: Content & { readonly session: string; readonly userId: string },
): Promise<void> {
  const { client, configuration } = context
  const { open } = await standing(client, conversationId)
  if (open?.session !== session) return
  const there = await joined(context, conversationId, open, userId)
  const timer = await restartTimer(client, there.timer, { session, conversationId }, configuration.silenceSeconds)
  await keep(client, conversationId, { ...there, timer })
  const agent = await nameOf(context, userId)
  const prefix = configuration.agentPrefix.replaceAll('{agent}', () => agent)
  try {
    await client.createMessage({ conversationId, ...signed(content, prefix), tags: { agent } })
  } catch (error) {
    if (!isUnfit(error)) throw error
    await tell(context, open.humans, 'notPassed')
  }
}

/** The conversation with somebody who serves it, of whom the user is told once. */
async function joined(context: Context, conversationId: string, open: Open, userId: string): Promise<Open> {
  if (open.agents.includes(userId)) return open
  const { client, configuration } = context
  const { session, status } = open
  await tell(context, conversationId, 'assigned', await nameOf(context, userId))
  const agents = [...open.agents, userId]
  if (status === 'active') return { ...open, agents }
  // Another timer: that the one before may have run out a moment ago means nothing any more.
  await stopTimer(client, open.timer)
  const timer = await startTimer(client, { session, conversationId }, configuration.silenceSeconds)
  return { ...open, agents, status: 'active', timer }
}

async function nameOf({ client, configuration }: Context, userId: string): Promise<string> {
  const { name } = (await client.getUser({ id: userId })).user
  return name === undefined || name.trim() === '' ? configuration.agent : name
}
