import type { Content } from '../incoming/content.ts'
import type { MessageEvent } from '../incoming/envelope.ts'
import { userOf } from '../incoming/people.ts'
import type { SlackProps } from '../props.ts'
import { endByPeople } from './end-by-people.ts'
import { assign, type Session } from './session.ts'

/** What somebody writes in the thread to end the session. */
const endCommand = '!end'

/** Brings in what somebody who serves a session has written, or ends it. After its end nothing comes in any more. */
export async function takeReply(
  props: SlackProps,
  session: Session,
  { event, speaker, contents }: { event: MessageEvent; speaker: string; contents: readonly Content[] },
): Promise<true> {
  if (session.isOver) return true
  const { client } = props
  const [said] = contents
  if (said?.type === 'text' && said.payload.text.trim().toLowerCase() === endCommand) {
    await endByPeople(props, session)
    return true
  }
  const userId = await userOf(props, { id: speaker })
  await assign(props, session, userId)
  for (const { type, payload, fileId } of contents)
    await client.createMessage({
      conversationId: session.conversationId,
      userId,
      type,
      payload: payload as never,
      tags: { id: event.ts, threadTs: session.place.thread_ts, fileId },
    })
  return true
}
