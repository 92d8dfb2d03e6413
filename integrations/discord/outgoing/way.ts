import type { APIMessage } from 'discord-api-types/v10'
import { interactionOver, isAnswered, unknownMessage } from '../answer.ts'
import { type ApiCall, callDiscord } from '../api.ts'
import type { DiscordProps } from '../props.ts'
import { answering, type Asked, keepAnswered } from './asked.ts'
import type { Part } from './outgoing.ts'

/** Where a message goes, and by what. */
export interface Way {
  readonly conversationId: string
  readonly channelId: string
  /** What Discord calls the message that is answered. */
  readonly replyTo?: string | undefined
  /** What Discord shows as to be answered. */
  readonly open?: Asked
  /** What alone lets the bot write. */
  readonly guest?: Asked
}

export async function wayOf(
  { client }: Pick<DiscordProps, 'client'>,
  place: Pick<Way, 'conversationId' | 'channelId' | 'replyTo'>,
  interactionId?: string,
): Promise<Way> {
  return { ...place, ...(await answering(client, place.conversationId, interactionId)) }
}

/** Sends a part, and gives what Discord calls it. The first one takes the place of what is shown as to come. */
export async function sendPart(
  props: DiscordProps,
  way: Way,
  part: Part,
  nonce: string,
  isFirst: boolean,
): Promise<string> {
  const answered = isFirst && way.open ? await answer(props, way, way.open, part) : undefined
  if (answered !== undefined) return answered
  const { channelId, replyTo, guest } = way
  const message = guest
    ? await callDiscord<APIMessage>(props, {
        ...call('POST', part),
        ...byInteraction(guest),
        body: bodyOf(part),
      })
    : await callDiscord<APIMessage>(props, {
        ...call('POST', part),
        path: `/channels/${channelId}/messages`,
        body: {
          ...bodyOf(part),
          // Sent again after a broken connection, it is not there twice.
          nonce,
          enforce_nonce: true,
          ...(isFirst &&
            replyTo !== undefined && { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
        },
      })
  return message.id
}

/** Makes a message that was sent to this part. */
export async function editPart(props: DiscordProps, way: Way, id: string, part: Part): Promise<void> {
  await callDiscord(props, {
    ...call('PATCH', part),
    ...(way.guest ? byInteraction(way.guest, id) : { path: `/channels/${way.channelId}/messages/${id}` }),
    body: bodyOf(part),
  })
}

export async function deleteMessage(props: DiscordProps, way: Way, id: string): Promise<void> {
  await callDiscord(props, {
    ...call('DELETE', {}),
    ...(way.guest ? byInteraction(way.guest, id) : { path: `/channels/${way.channelId}/messages/${id}` }),
  })
}

/** Answers what is open; undefined where Discord takes no answer any more. */
async function answer(props: DiscordProps, way: Way, open: Asked, part: Part): Promise<string | undefined> {
  const settle = (): Promise<void> => keepAnswered(props.client, way.conversationId, open)
  try {
    const message = await callDiscord<APIMessage>(props, {
      ...call('PATCH', part),
      ...byInteraction(open, '@original'),
      body: bodyOf(part),
    })
    await settle()
    return message.id
  } catch (error) {
    // It is over, or somebody has deleted what was shown as to come.
    if (!isAnswered(error, [...interactionOver, unknownMessage])) throw error
    await settle()
    return undefined
  }
}

const call = (method: ApiCall['method'], { files }: Part): Pick<ApiCall, 'what' | 'method' | 'files'> => ({
  what: 'a message',
  method,
  ...(files && { files }),
})

const byInteraction = ({ applicationId, token }: Asked, id?: string): Pick<ApiCall, 'path' | 'isByInteraction'> => ({
  path: `/webhooks/${applicationId}/${encodeURIComponent(token)}${id === undefined ? '' : `/messages/${id}`}`,
  isByInteraction: true,
})

/** All of it, so that nothing stays of what was there before. Nobody is called but who is named: neither everyone nor a role. */
const bodyOf = ({ content = '', embeds = [], components = [] }: Part): object => ({
  content,
  embeds,
  components,
  allowed_mentions: { parse: ['users'] },
})
