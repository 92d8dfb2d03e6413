import { PlugboardError } from 'plugboard'
import type definition from './definition.ts'
import { type Context, standing } from './standing.ts'
import { startTimer } from './timers.ts'

type Action = (typeof definition)['$types']['actions']['startHitl']

/** Seconds after which whoever waits is told that nobody can be reached, if until then the platform could not be asked. */
const askingSeconds = 60

/**
 * Requests humans for a conversation, which is held from then on. They are asked afterwards, in the lane of the conversation:
 * so it is done once, whoever requested them and whatever happens to the process meanwhile.
 */
export async function requestHumans(
  { client, ctx }: Context,
  { conversationId: given, ...details }: Action['parsed'],
): Promise<Action['returned']> {
  const conversationId = given ?? ctx.conversationId ?? missing(ctx.alias, 'startHitl')
  const { open, serves, request } = await standing(client, conversationId)
  if (open) return { status: open.status }
  if (request) return { status: 'asked' }
  if (serves)
    throw new PlugboardError({
      code: 'input_invalid',
      message: 'humans are requested for a conversation in which they serve another one',
      where: { plugin: ctx.alias, action: 'startHitl', path: 'conversationId' },
    })
  await client.getConversation({ id: conversationId })
  if (details.userId !== undefined) await client.getUser({ id: details.userId })
  const session = crypto.randomUUID()
  const timer = await startTimer(client, { session, conversationId }, askingSeconds, 'asking')
  await client.setState({ name: 'request', id: conversationId, payload: { session, timer } })
  await client.createEvent({ type: 'requested', conversationId, payload: { session, timer, ...details } })
  return { status: 'asked' }
}

/** Lets a conversation be handed back to the bot. */
export async function requestEnd({ client, ctx }: Context, given: string | undefined): Promise<{ stopped: boolean }> {
  const conversationId = given ?? ctx.conversationId ?? missing(ctx.alias, 'stopHitl')
  const { open, request } = await standing(client, conversationId)
  const session = open?.session ?? request?.session
  if (session === undefined) return { stopped: false }
  await client.createEvent({ type: 'ending', conversationId, payload: { session, by: 'request' } })
  return { stopped: true }
}

function missing(plugin: string, action: string): never {
  throw new PlugboardError({
    code: 'input_invalid',
    message: `'${action}' is called where there is no conversation, and none is named`,
    where: { plugin, action, path: 'conversationId' },
  })
}
