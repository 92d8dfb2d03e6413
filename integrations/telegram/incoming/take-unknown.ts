import type { Chat, Message, Update, User } from 'grammy/types'
import type { TelegramProps } from '../props.ts'
import { conversationOf, speakerFrom, threadOf, userOf } from './people.ts'

type Thread = Parameters<typeof threadOf>[0]

/** What an update may say of who did something, and where. */
interface About extends Thread {
  readonly chat?: Chat
  readonly from?: User
  readonly user?: User
  readonly sender_chat?: Chat
  readonly voter_chat?: Chat
  /** Of the press of a button, the message that has it. */
  readonly message?: Message
}

/** Tells of what has neither a message nor an event of its own, as Telegram sent it. */
export async function takeUnknown({ client }: TelegramProps, update: Update): Promise<void> {
  const { update_id: _, ...rest } = update
  const [field, value] = Object.entries(rest)[0] ?? ['nothing', {}]
  const about = value as About
  const isMessage = /^(?:edited_)?(?:message|channel_post)$/.test(field)
  const inside = isMessage ? Object.keys(value).find((name) => !ofEveryMessage.has(name)) : undefined
  const { chat = about.message?.chat, from = about.user, sender_chat = about.voter_chat } = about
  const speaker = speakerFrom(from, sender_chat)
  await client.createEvent({
    type: 'updateReceived',
    payload: { kind: inside ?? field, update: { ...update } },
    ...(chat && { conversationId: await conversationOf(client, chat, threadOf(about.message ?? about)) }),
    ...(speaker && { userId: await userOf(client, speaker) }),
  })
}

/** Names beside which something tells what a message is. */
const ofEveryMessage: ReadonlySet<string> = new Set([
  'message_id',
  'message_thread_id',
  'is_topic_message',
  'direct_messages_topic',
  'from',
  'chat',
  'date',
  'edit_date',
  'sender_chat',
  'sender_tag',
  'sender_boost_count',
  'sender_business_bot',
  'business_connection_id',
  'author_signature',
  'forward_origin',
  'is_automatic_forward',
  'reply_to_message',
  'reply_to_story',
  'reply_to_checklist_task_id',
  'reply_to_poll_option_id',
  'external_reply',
  'quote',
  'via_bot',
  'has_protected_content',
  'is_from_offline',
  'is_paid_post',
  'paid_star_count',
  'effect_id',
  'link_preview_options',
  'reply_markup',
  'media_group_id',
  'caption',
  'caption_entities',
  'show_caption_above_media',
  'has_media_spoiler',
])
