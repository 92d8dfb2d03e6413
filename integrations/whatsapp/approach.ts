import { PlugboardError } from 'plugboard'
import { conversationOf, userOf } from './incoming/people.ts'
import { digitsOf } from './place.ts'
import type { WhatsappProps } from './props.ts'

interface PersonInput {
  readonly user: { readonly phoneNumber: string }
  readonly name?: string | undefined
  readonly pictureUrl?: string | undefined
}
interface PlaceInput {
  readonly conversation: { readonly phoneNumber: string }
}

/**
 * Finds people before anything has come from them. Nobody tells whether a number has WhatsApp before something is sent; what
 * is sent to one that has not is refused then, or fails.
 */
export const approach = {
  getOrCreateUser: async (props: WhatsappProps & { input: PersonInput }) => {
    const { user, name, pictureUrl } = props.input
    const phone = await otherNumber(props, user.phoneNumber, 'user.phoneNumber')
    const userId = await userOf(props.client, { phone }, { otherwise: name })
    if (pictureUrl !== undefined) await props.client.updateUser({ id: userId, pictureUrl })
    return { userId }
  },
  getOrCreateConversation: async (props: WhatsappProps & { input: PlaceInput }) => {
    const phone = await otherNumber(props, props.input.conversation.phoneNumber, 'conversation.phoneNumber')
    return { conversationId: await conversationOf(props.client, { phone }) }
  },
}

/** A number cannot write to itself. */
async function otherNumber({ client }: WhatsappProps, number: string, path: string): Promise<string> {
  const phone = digitsOf(number)
  const { state } = await client.getState({ name: 'account' })
  if (state?.payload.phoneNumber !== phone) return phone
  throw new PlugboardError({ code: 'vendor_refused', message: `'${number}' is the bot's own number`, where: { path } })
}
