import { humansUser } from './ask-humans.ts'
import { type Content, inNameOf, isCommand, isGone, isUnfit } from './message-content.ts'
import { type Context, keep, type Open } from './standing.ts'
import { tell } from './tell.ts'
import { restartTimer } from './timers.ts'

/** A message of somebody whose conversation is handed over. */
export interface Said extends Content {
  readonly id: string
  readonly conversationId: string
  readonly userId: string
}

/** Passes a message on to the humans who serve the conversation. */
export async function toHumans(context: Context, open: Open, said: Said): Promise<void> {
  const { client, configuration } = context
  const { conversationId } = said
  const { session } = open
  // It is with them already.
  if (open.handed.includes(said.id)) return
  if (isCommand(said, configuration.stopCommand)) {
    await client.createEvent({ type: 'ending', conversationId, payload: { session, by: 'user' } })
    return
  }
  const known = open.users[said.userId]
  const userId = known ?? (await humansUser(context, said.userId))
  const timer =
    open.status === 'active'
      ? await restartTimer(client, open.timer, { session, conversationId }, configuration.silenceSeconds)
      : open.timer
  if (known === undefined || timer !== open.timer)
    await keep(client, conversationId, { ...open, timer, users: { ...open.users, [said.userId]: userId } })
  try {
    await client.createMessage({ conversationId: open.humans, ...inNameOf(userId, said) })
  } catch (error) {
    if (isUnfit(error)) await tell(context, conversationId, 'notPassed')
    else if (isGone(error))
      await client.createEvent({ type: 'ending', conversationId, payload: { session, by: 'unavailable' } })
    else throw error
  }
}
