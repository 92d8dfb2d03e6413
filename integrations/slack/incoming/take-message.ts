import { takeReply } from '../hitl/take-reply.ts'
import { sessionAt } from '../hitl/session.ts'
import { isDirect, placeId } from '../place.ts'
import type { SlackProps } from '../props.ts'
import type { BotAccount } from './bot-account.ts'
import { contentsOf } from './content.ts'
import type { MessageEvent } from './envelope.ts'
import { conversationOf, userOf } from './people.ts'
import { readable, withoutMention } from './readable.ts'

/** Brings in a message. Gives whether it was taken: what no channel carries is left to the caller. */
export async function takeMessage(props: SlackProps, event: MessageEvent, account: BotAccount): Promise<boolean> {
  const { client, configuration } = props
  const { channel, ts, user, bot_id, username } = event
  if (account.isUnheard(event, configuration.hearBots)) return true
  const speaker = user ?? bot_id
  const contents = contentsOf(client, event, account)
  if (speaker === undefined || contents.length === 0) return false
  const session = event.thread_ts === undefined ? undefined : await sessionAt(client, placeId(channel, event.thread_ts))
  if (session) return takeReply(props, session, { event, speaker, contents })
  const begins = configuration.answerInThreads && !isDirect(channel)
  const thread = event.thread_ts ?? (begins ? ts : undefined)
  const conversationId = await conversationOf(props, { channel, thread, person: speaker })
  const userId = await userOf(props, { id: speaker, name: user === undefined ? username : undefined })
  const tags = { id: ts, threadTs: thread }
  const stored: string[] = []
  for (const { type, payload, fileId } of contents) {
    const { message } = await client.createMessage({
      conversationId,
      userId,
      type,
      payload: payload as never,
      tags: { ...tags, fileId },
    })
    stored.push(message.id)
  }
  const text = readable(event.text ?? '')
  if (account.isMentionedIn(text))
    await client.createEvent({
      type: 'botMentioned',
      payload: { messageTs: ts, text: withoutMention(text, account.userId) },
      conversationId,
      userId,
      messageId: stored[0],
    })
  return true
}
