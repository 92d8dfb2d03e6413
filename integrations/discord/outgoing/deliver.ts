import { createHash } from 'node:crypto'
import { isAnswered, unknownMessage, unlessAnswered } from '../answer.ts'
import { channelIdIn, refusal, sentParts } from '../place.ts'
import type { DiscordProps } from '../props.ts'
import type { Outgoing, Part } from './outgoing.ts'
import { deleteMessage, editPart, sendPart, type Way, wayOf } from './way.ts'

interface Tags {
  readonly id: string
  readonly ids: string
}

/** What is to become of a message, and what Discord has of it. */
interface Bringing {
  /** The id of the message here. */
  readonly id: string
  readonly parts: readonly Part[]
  readonly way: Way
  readonly sent: readonly string[]
  /** Whether what somebody has deleted meanwhile is sent anew. */
  readonly isReplaced: boolean
  keep(tags: Tags): Promise<void>
}

/** Sends the parts of a message, one after another. Those that an earlier attempt or a draft has sent already are edited. */
export async function deliver(outgoing: Outgoing, parts: readonly Part[]): Promise<void> {
  if (parts.length === 0) throw refusal('Discord takes no message that is blank')
  const { message } = outgoing
  await bring(outgoing, {
    id: message.id,
    parts,
    way: await wayFor(outgoing),
    sent: sentParts(message.tags),
    isReplaced: true,
    keep: (tags) => outgoing.ack({ tags }),
  })
}

/** Takes away what was sent of a message. */
export async function withdraw(outgoing: Outgoing): Promise<void> {
  await remove(outgoing, await wayFor(outgoing), sentParts(outgoing.message.tags))
}

/** Brings what Discord has to what it is to have; what is too many of it goes. */
export async function bring(
  props: DiscordProps,
  { id, parts, way, sent: given, isReplaced, keep }: Bringing,
): Promise<void> {
  const sent = [...given]
  for (const [index, part] of parts.entries()) {
    const known = sent[index]
    if (known !== undefined && (await change(props, way, known, part, isReplaced))) continue
    sent[index] = await sendPart(props, way, part, nonceOf(id, index, known), index === 0)
    await keep(tagsOf(sent))
  }
  if (sent.length <= parts.length) return
  await remove(props, way, sent.slice(parts.length))
  await keep(tagsOf(sent.slice(0, parts.length)))
}

export async function remove(props: DiscordProps, way: Way, ids: readonly string[]): Promise<void> {
  for (const id of ids) await deleteMessage(props, way, id).catch(unlessAnswered(unknownMessage))
}

/** Gives whether the message is what it is to be; false where it is gone. */
async function change(props: DiscordProps, way: Way, id: string, part: Part, isReplaced: boolean): Promise<boolean> {
  if (part.files) return true
  try {
    await editPart(props, way, id, part)
    return true
  } catch (error) {
    if (!isReplaced || !isAnswered(error, [unknownMessage])) throw error
    return false
  }
}

const wayFor = ({ client, conversation, message }: Outgoing): Promise<Way> =>
  wayOf(
    { client },
    {
      conversationId: conversation.id,
      channelId: channelIdIn(conversation.tags.id),
      replyTo: message.tags['replyTo'],
    },
    message.tags['interactionId'],
  )

const tagsOf = (ids: readonly string[]): Tags => ({ id: `${ids[0]}`, ids: ids.join(',') })

/** The same at every attempt, of at most the 25 characters that Discord takes. */
const nonceOf = (id: string, index: number, lost = ''): string =>
  createHash('sha256').update(`${id}/${index}/${lost}`).digest('base64url').slice(0, 24)
