import { emojiOf } from '../emoji.ts'
import type { SlackProps } from '../props.ts'
import type { BotAccount } from './bot-account.ts'
import type { SlackEvent } from './envelope.ts'
import { knownAnywhere } from './known-message.ts'
import { userOf } from './people.ts'

interface ReactionEvent {
  readonly user: string
  readonly reaction: string
  readonly item: { readonly type: string; readonly channel: string; readonly ts: string }
}

/** Tells of a reaction. Gives whether it was taken: one that is no emoji of all, or to what the bot does not know, is not. */
export async function takeReaction(props: SlackProps, event: SlackEvent, account: BotAccount): Promise<boolean> {
  const { user, reaction, item } = event as unknown as ReactionEvent
  if (account.isOwn({ user })) return true
  const emoji = emojiOf(reaction)
  if (emoji === undefined || item.type !== 'message') return false
  const known = await knownAnywhere(props, item)
  if (!known) return false
  const userId = await userOf(props, { id: user })
  await props.client.createEvent({
    type: event.type === 'reaction_added' ? 'reactionAdded' : 'reactionRemoved',
    payload: { ...known, reaction: emoji, userId },
    ...known,
    userId,
  })
  return true
}
