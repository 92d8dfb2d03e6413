import type { SlackProps } from '../props.ts'
import { closeHead } from './head.ts'
import type { Session } from './session.ts'

/** Ends a session because those who serve it say so. */
export async function endByPeople(props: SlackProps, session: Session): Promise<void> {
  const { client } = props
  const { conversationId } = session
  await client.patchState({ name: 'session', id: conversationId, payload: { isOver: true } })
  await client.createEvent({ type: 'hitlStopped', payload: { conversationId }, conversationId })
  await closeHead(props, session)
}
