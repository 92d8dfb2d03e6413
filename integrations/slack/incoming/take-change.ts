import type { SlackProps } from '../props.ts'
import type { BotAccount } from './bot-account.ts'
import type { ChangeEvent } from './envelope.ts'
import { knownMessage } from './known-message.ts'
import { userOf } from './people.ts'
import { readable, saidTo } from './readable.ts'

/** Tells of a message that somebody has changed or deleted. Gives whether it was taken: of what the bot does not know it is not. */
export async function takeChange(props: SlackProps, event: ChangeEvent, account: BotAccount): Promise<boolean> {
  const { client, configuration } = props
  const { channel, subtype, message: after, previous_message: before, deleted_ts } = event
  const ts = after?.ts ?? before?.ts ?? deleted_ts
  const author = before ?? after
  if (ts === undefined) return false
  if (author && account.isUnheard(author, configuration.hearBots)) return true
  // A message below which there are answers stays, as one that says that it was deleted.
  const isDeleted = subtype === 'message_deleted' || after?.subtype === 'tombstone'
  const text = readable(after?.text ?? '')
  // Slack shows what is behind a link, or counts answers, and calls that a change.
  if (!isDeleted && before && text === readable(before.text ?? '')) return true
  const known = await knownMessage(props, { channel, ts, thread: before?.thread_ts ?? after?.thread_ts })
  if (!known) return false
  const userId = author?.user === undefined ? undefined : await userOf(props, { id: author.user })
  const place = { ...known, ...(userId !== undefined && { userId }) }
  if (isDeleted) await client.createEvent({ type: 'messageDeleted', payload: known, ...place })
  else
    await client.createEvent({
      type: 'messageEdited',
      payload: { ...known, text: saidTo(account.userId, text) },
      ...place,
    })
  return true
}
