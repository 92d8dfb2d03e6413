import { PlugboardError } from 'plugboard'
import { answerIn, unlessAnswered } from '../answer.ts'
import { apiOf } from '../api.ts'
import { moveChat } from '../incoming/people.ts'
import { placeFrom } from '../place.ts'
import type { Outgoing, Part, Target } from './outgoing.ts'

/**
 * Sends the parts of a message, one after another. Those that an earlier attempt or a draft has sent already are edited, or
 * left as they are; what is too many of them goes.
 * @param options `isReplaced` says whether a part that is not there any more is sent anew. Default: true.
 */
export async function deliver(
  outgoing: Outgoing,
  parts: readonly Part[],
  { isReplaced = true }: { readonly isReplaced?: boolean } = {},
): Promise<void> {
  if (parts.length === 0) throw refusal('Telegram takes no message that is blank')
  const sent = sentParts(outgoing)
  const given = sent.length
  for (const [index, part] of parts.entries()) {
    const id = await toTarget(outgoing, index, (target) => place(target, part, { known: sent[index], isReplaced }))
    if (sent[index] === id) continue
    sent[index] = id
    await outgoing.ack({ tags: tagsOf(sent) })
  }
  if (given <= parts.length) return
  await toTarget(outgoing, 0, (target) => remove(target, sent.slice(parts.length)))
  await outgoing.ack({ tags: tagsOf(sent.slice(0, parts.length)) })
}

/** Takes away what was sent of a message. */
export async function withdraw(outgoing: Outgoing): Promise<void> {
  await toTarget(outgoing, 0, (target) => remove(target, sentParts(outgoing)))
}

/** What Telegram calls the parts of a message that it has, by the message's tags. */
export function sentParts({ message }: Pick<Outgoing, 'message'>): number[] {
  const { id, ids } = message.tags
  return (ids ?? id ?? '').split(',').filter(Boolean).map(Number)
}

export async function remove({ api, to }: Target, ids: readonly number[]): Promise<void> {
  for (const message_id of ids)
    await api.deleteMessage({ chat_id: to.chat_id, message_id }).catch(unlessAnswered(/message to delete not found/))
}

const tagsOf = (ids: readonly number[]): { id: string; ids?: string } => ({
  id: `${ids[0]}`,
  ids: ids.length > 1 ? ids.join(',') : `${ids[0]}`,
})

async function place(
  target: Target,
  part: Part,
  { known, isReplaced }: { readonly known: number | undefined; readonly isReplaced: boolean },
): Promise<number> {
  if (known !== undefined) {
    if (!part.edit) return known
    try {
      await part.edit(target, known).catch(unlessAnswered(/message is not modified/))
      return known
    } catch (error) {
      if (!isReplaced) throw error
      // Somebody has deleted it, or it is too old.
      unlessAnswered(/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/)(error)
    }
  }
  return (await part.send(target)).message_id
}

/** Calls with the place of the conversation, and again with its new one if the group has become a supergroup. */
async function toTarget<T>(outgoing: Outgoing, index: number, call: (target: Target) => Promise<T>): Promise<T> {
  const { conversation, client } = outgoing
  const api = apiOf(outgoing)
  const at = placeFrom(conversation.tags.id ?? '')
  if (!at) throw refusal(`the tag 'id' of the conversation names no chat of Telegram: '${conversation.tags.id}'`)
  const replyTo = outgoing.message.tags['replyTo']
  const reply =
    index === 0 && replyTo !== undefined && /^\d+$/.test(replyTo)
      ? { reply_parameters: { message_id: Number(replyTo), allow_sending_without_reply: true as const } }
      : {}
  try {
    return await call({ api, to: { ...at, ...reply } })
  } catch (error) {
    const moved = answerIn(error)?.parameters?.migrate_to_chat_id
    if (moved === undefined) throw error
    await moveChat(client, Number(at.chat_id), moved)
    return call({ api, to: { ...at, ...reply, chat_id: moved } })
  }
}

function refusal(message: string): PlugboardError {
  return new PlugboardError({ code: 'vendor_refused', message })
}
