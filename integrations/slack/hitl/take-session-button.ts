import type { GivenAction, Interaction } from '../incoming/envelope.ts'
import { userOf } from '../incoming/people.ts'
import { placeId } from '../place.ts'
import type { SlackProps } from '../props.ts'
import { endByPeople } from './end-by-people.ts'
import { endId, takeId } from './head.ts'
import { assign, sessionAt } from './session.ts'

/** Takes the press of a button of a session. Gives whether it was one. */
export async function takeSessionButton(
  props: SlackProps,
  { container, user }: Interaction,
  { action_id }: GivenAction,
): Promise<boolean> {
  if (action_id !== takeId && action_id !== endId) return false
  const { channel_id: channel = '', message_ts: ts } = container ?? {}
  const session = await sessionAt(props.client, placeId(channel, ts))
  if (!session || session.isOver) return true
  if (action_id === endId) await endByPeople(props, session)
  else await assign(props, session, await userOf(props, { id: user.id }))
  return true
}
