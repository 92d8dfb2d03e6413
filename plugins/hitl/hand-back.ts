import type definition from './definition.ts'
import { type Context, type Open, standing } from './standing.ts'
import { tell } from './tell.ts'
import type { Texts } from './texts.ts'
import { stopTimer } from './timers.ts'

type Ending = (typeof definition)['$types']['events']['ending']['parsed']

/** Hands a conversation back to the bot. */
export async function handBack(
  context: Context,
  conversationId: string,
  { session, by, timer }: Ending,
): Promise<void> {
  const { client } = context
  const { open, request } = await standing(client, conversationId)
  if (open?.session === session) {
    // A timer that ran out when another one took its place.
    if (timer !== undefined && timer !== open.timer) return
    await stopTimer(client, open.timer)
    await client.setState({ name: 'session', id: conversationId, payload: {} })
    const serves = { session, conversationId, over: true }
    await client.setState({ name: 'session', id: open.humans, payload: { serves } })
    // An event of its own, so that nobody waits while the platform is away.
    if (by !== 'humans' && by !== 'unavailable')
      await client.createEvent({ type: 'closing', payload: { session, humans: open.humans } })
    await tell(context, conversationId, textFor(by, open))
  } else if (request?.session === session) {
    await stopTimer(client, request.timer)
    await client.setState({ name: 'request', id: conversationId, payload: {} })
    await tell(context, conversationId, by === 'timeout' || by === 'unavailable' ? 'unavailable' : 'ended')
  } else return
  await client.createEvent({ type: 'handedBack', conversationId, payload: { session, by } })
}

function textFor(by: Ending['by'], { status }: Open): keyof Texts {
  if (by === 'timeout') return status === 'waiting' ? 'nobody' : 'silent'
  if (by === 'unavailable') return 'unavailable'
  return by === 'user' ? 'left' : 'ended'
}
