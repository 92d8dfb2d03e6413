import { PlugboardError } from 'plugboard'
import { graphCodeIn } from '../answer.ts'
import { sendMessage } from '../api.ts'
import { recipientOf } from '../place.ts'
import { learn } from './learn.ts'
import type { Content, Outgoing, Part } from './outgoing.ts'
import { partMark } from './part-mark.ts'

type Sent = Awaited<ReturnType<typeof sendMessage>>

/** WhatsApp could not fetch what stands at an address, or takes it for something else. */
const notFetched = 131053

/** Sends the parts of a message, one after another, from where an earlier attempt has come to. */
export async function deliver(outgoing: Outgoing, parts: readonly Part[]): Promise<void> {
  if (parts.length === 0)
    throw new PlugboardError({ code: 'vendor_refused', message: 'WhatsApp takes no message that is blank' })
  const sent = sentParts(outgoing.message.tags)
  for (const [index, part] of parts.entries()) {
    if (index < sent.length) continue
    const answer = await sendPart(outgoing, part, { index, count: parts.length })
    sent.push(answer.messages[0]?.id ?? '')
    await outgoing.ack({ tags: { id: sent[0] ?? '', ...(sent.length > 1 && { ids: sent.join(',') }) } })
    if (index === 0) await learn(outgoing, outgoing.conversation, answer)
  }
}

/** What WhatsApp calls the parts of a message that it has, by the message's tags. */
function sentParts({ id, ids }: Outgoing['message']['tags']): string[] {
  return (ids ?? id ?? '').split(',').filter(Boolean)
}

async function sendPart(
  outgoing: Outgoing,
  part: Part,
  { index, count }: { index: number; count: number },
): Promise<Sent> {
  const { conversation, message } = outgoing
  const { replyTo } = message.tags
  const send = (content: Content): Promise<Sent> =>
    sendMessage(outgoing, {
      recipient_type: 'individual',
      ...recipientOf(conversation.tags),
      ...(index === 0 && replyTo && { context: { message_id: replyTo } }),
      biz_opaque_callback_data: partMark(message.id, index, count),
      ...content,
    })
  try {
    return await send(await part.content())
  } catch (error) {
    if (!part.uploaded || graphCodeIn(error) !== notFetched) throw error
    return send(await part.uploaded())
  }
}
