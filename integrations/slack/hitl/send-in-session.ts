import { PlugboardError } from 'plugboard'
import { deliver } from '../outgoing/deliver.ts'
import type { Author, Outgoing } from '../outgoing/outgoing.ts'
import { parts } from '../outgoing/parts.ts'
import type { Carried } from '../messages.ts'
import { sessionOf } from './session.ts'

type Payload<K extends keyof Carried> = Carried[K] & { readonly userId?: string | undefined }

/** Sends a message into a session, under the name of who says it. */
export const sendInSession =
  <K extends 'text' | 'image' | 'audio' | 'video' | 'file' | 'location' | 'bloc'>(type: K) =>
  async (props: Outgoing & { payload: Payload<K> }): Promise<void> => {
    const { client, conversation, payload } = props
    const session = await sessionOf(client, conversation.id)
    if (!session || session.isOver)
      throw new PlugboardError({ code: 'vendor_refused', message: 'the session is over: nobody reads it any more' })
    await deliver(props, await parts[type](payload, props), await authorOf(props, payload.userId))
  }

/** Somebody's name and picture, as far as Slack can show them. */
async function authorOf({ client }: Outgoing, userId: string | undefined): Promise<Author> {
  if (userId === undefined) return {}
  const { user } = await client.getUser({ id: userId })
  return {
    username: user.name ?? 'Somebody',
    ...(user.pictureUrl !== undefined && user.pictureUrl.startsWith('https:') && { icon_url: user.pictureUrl }),
  }
}
