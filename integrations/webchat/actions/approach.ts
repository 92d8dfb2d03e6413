import { mainConversation, unless } from '../conversation.ts'
import type { WebchatContext } from '../endpoint.ts'
import { knownAs } from '../session.ts'
import { refusal } from './place.ts'

interface PersonInput {
  readonly user: { readonly id: string }
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
}
interface PlaceInput {
  readonly conversation: {
    readonly userId?: string | undefined
    readonly visitorId?: string | undefined
    readonly id?: string | undefined
  }
}

/** Finds visitors before they have come, and conversations before anything was said in them. */
export const approach = {
  getOrCreateUser: async (props: WebchatContext & { input: PersonInput }) => {
    const { user, name, pictureUrl } = props.input
    const facts = { ...(name !== undefined && { name }), ...(pictureUrl !== undefined && { pictureUrl }) }
    return { userId: await knownVisitor(props, user.id, 'user.id', facts) }
  },
  getOrCreateConversation: async (props: WebchatContext & { input: PlaceInput }) => {
    const { id = mainConversation } = props.input.conversation
    const tags = { visitor: await visitorAt(props, props.input.conversation), id }
    const { conversation } = await props.client.getOrCreateConversation({ channel: 'channel', tags })
    return { conversationId: conversation.id }
  },
}

/** The id of the user whom the site calls so. */
async function knownVisitor(
  { client, configuration }: WebchatContext,
  id: string,
  path: string,
  facts: { name?: string; pictureUrl?: string } = {},
): Promise<string> {
  if (configuration.identitySecret === undefined)
    throw refusal('nobody can prove to be this visitor: configure identitySecret, and let the site sign', path)
  return (await client.getOrCreateUser({ tags: { id: knownAs(id) }, ...facts })).user.id
}

async function visitorAt(props: WebchatContext, place: PlaceInput['conversation']): Promise<string> {
  const { userId, visitorId } = place
  if ((userId === undefined) === (visitorId === undefined))
    throw refusal('give either the userId or the visitorId of a visitor', 'conversation')
  if (visitorId !== undefined) return knownVisitor(props, visitorId, 'conversation.visitorId')
  const id = String(userId)
  const found = await props.client.getUser({ id }).catch(unless('user_unknown'))
  // The bot is a user, too.
  if (found?.user.tags['id'] === undefined) throw refusal(`'${id}' is no visitor of the chat`, 'conversation.userId')
  return id
}
