import type { WhatsappProps } from '../props.ts'
import { contentOf } from './content.ts'
import { conversationOf, type Person, userOf } from './people.ts'
import { takeChange } from './take-change.ts'
import { takePress } from './take-press.ts'
import { takeReaction } from './take-reaction.ts'
import { takeUnknown } from './take-unknown.ts'
import type { ToldMessage, ToldValue } from './told.ts'
import { type Place, tagsOf } from './written.ts'

type Contact = NonNullable<ToldValue['contacts']>[number]

/** Brings in one message, and what WhatsApp tells as if it were one. */
export async function takeMessage(
  props: WhatsappProps,
  message: ToldMessage,
  contact: Contact | undefined,
): Promise<void> {
  const { client } = props
  const kind = `messages.${message.type}`
  if (message.type === 'system') return takeChange(props, message)
  const person: Person = {
    phone: message.from ?? contact?.wa_id,
    userId: message.from_user_id ?? contact?.user_id,
    username: contact?.profile?.username,
  }
  // What is said in a group is not said to the number alone.
  const isForUs = message.group_id === undefined && (person.phone ?? person.userId) !== undefined
  if (!isForUs) return takeUnknown(props, kind, message)
  const conversationId = await conversationOf(client, person)
  const place = { conversationId, userId: await userOf(client, person, { told: contact?.profile?.name }) }
  // Meta may tell of it again beside others, as another delivery.
  const known = await client.listMessages({ conversationId, tags: { id: message.id } })
  if (known.items.length > 0) return
  const isTaken =
    (await takeReaction(props, message, place)) ||
    (await takePress(props, message, place)) ||
    (await takeContent(props, message, place))
  if (!isTaken) await takeUnknown(props, kind, message, place)
}

async function takeContent(props: WhatsappProps, message: ToldMessage, place: Place): Promise<boolean> {
  const { client, configuration } = props
  const content = contentOf(message)
  if (!content) return false
  const { file } = content
  const fileKey = file && configuration.keepFiles ? await client.keepFile(file, props) : undefined
  const created = await client.createMessage({
    ...place,
    type: content.type,
    payload: content.payload(file ? client.fileAddress(file) : ''),
    tags: { ...tagsOf(message), mediaId: file?.id, fileKey },
  })
  const { referral } = message
  if (!referral) return true
  await client.createEvent({
    type: 'referralReceived',
    payload: {
      url: referral.source_url,
      kind: referral.source_type,
      id: referral.source_id,
      headline: referral.headline,
      text: referral.body,
      clickId: referral.ctwa_clid,
    },
    ...place,
    messageId: created.message.id,
  })
  return true
}
