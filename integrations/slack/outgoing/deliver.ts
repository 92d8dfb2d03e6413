import type { WebClient } from '@slack/web-api'
import { PlugboardError } from 'plugboard'
import { answerIn, unlessAnswered } from '../answer.ts'
import { callSlack, type Caller } from '../api.ts'
import { placeFrom } from '../place.ts'
import { stopTyping } from '../presence.ts'
import type { Author, Outgoing, Part, SentTags, Target } from './outgoing.ts'

/**
 * Sends the parts of a message, one after another. Those that an earlier attempt or a draft has sent already are changed, or
 * left as they are; what is too many of them goes.
 */
export async function deliver(outgoing: Outgoing, parts: readonly Part[], author: Author = {}): Promise<void> {
  const { conversation, message } = outgoing
  const to = { ...targetOf(conversation.tags['id'], message.tags), ...author }
  const sent = sentParts(message)
  await bring(outgoing, { parts, to, sent, isLost, keep: (tags) => outgoing.ack({ tags }) })
  await stopTyping(outgoing, conversation.id)
}

/** What is to stand in Slack, where, what stands there already, and who remembers what it is called. */
interface Sending {
  readonly parts: readonly Part[]
  readonly to: Target['to']
  readonly sent: readonly string[]
  /** Whether a part that Slack refused to change is sent anew. */
  isLost(error: unknown): boolean
  keep(tags: SentTags): Promise<unknown>
}

/** Makes what stands in Slack what is to stand there. */
export async function bring(caller: Caller, { parts, to, sent: before, isLost: lost, keep }: Sending): Promise<void> {
  if (parts.length === 0) throw refusal('Slack takes no message that is blank')
  const sent = [...before]
  for (const [index, part] of parts.entries()) {
    const id = await callSlack(caller, (api) => place({ api, to }, part, sent[index], lost))
    if (sent[index] === id) continue
    sent[index] = id
    await keep(tagsOf(sent))
  }
  if (before.length <= parts.length) return
  await remove(caller, to.channel, sent.slice(parts.length))
  await keep(tagsOf(sent.slice(0, parts.length)))
}

/** Takes away what was sent of a message. */
export async function withdraw(outgoing: Outgoing): Promise<void> {
  const { channel } = targetOf(outgoing.conversation.tags['id'], {})
  await remove(outgoing, channel, sentParts(outgoing.message))
}

/** What Slack calls the parts of a message that it has, by the message's tags. */
export function sentParts({ tags: { id, ids } }: Pick<Outgoing['message'], 'tags'>): string[] {
  return (ids ?? id ?? '').split(',').filter(Boolean)
}

/** Whether a part is a message, and no file of which Slack has not told the message. */
export const isMessage = (id: string): boolean => id.includes('.')

export async function remove(caller: Caller, channel: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) await callSlack(caller, (api) => removePart(api, channel, id))
}

async function removePart(api: WebClient, channel: string, id: string): Promise<void> {
  if (isMessage(id)) await api.chat.delete({ channel, ts: id }).catch(unlessAnswered('message_not_found'))
  else await api.files.delete({ file: id }).catch(unlessAnswered('file_not_found', 'file_deleted'))
}

/** Where a message goes. Tags of the message may lead into a thread of the place. */
export function targetOf(id: string | undefined, tags: Outgoing['message']['tags']): Target['to'] {
  const place = placeFrom(id)
  if (!place) throw refusal(`the tag 'id' of the conversation names no place in Slack: '${id}'`)
  const thread = tags['threadTs'] ?? place.thread_ts
  if (thread === undefined || !/^\d+\.\d+$/.test(thread)) return place
  return { ...place, thread_ts: thread, ...(tags['broadcast'] === 'true' && { reply_broadcast: true }) }
}

async function place(target: Target, part: Part, known: string | undefined, lost: Sending['isLost']): Promise<string> {
  if (known === undefined) return part.send(target)
  if (!part.edit || !isMessage(known)) return known
  try {
    await part.edit(target, known)
    return known
  } catch (error) {
    if (!lost(error)) throw error
    return part.send(target)
  }
}

/** Somebody has deleted it, or it is too old to be changed. */
const isLost = (error: unknown): boolean => ['message_not_found', 'edit_window_closed'].includes(answerIn(error) ?? '')

const tagsOf = (ids: readonly string[]): SentTags => ({ id: ids[0] as string, ids: ids.join(',') })

const refusal = (message: string): PlugboardError => new PlugboardError({ code: 'vendor_refused', message })
