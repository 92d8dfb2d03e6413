import type { WebchatContext } from '../endpoint.ts'
import { tell } from '../heard.ts'
import { conversationIn } from './place.ts'

/** Milliseconds for which the bot is shown to be writing, unless it says otherwise, and at most. */
const usual = 30_000
const longest = 120_000

interface Started {
  readonly conversationId: string
  readonly timeout?: number | undefined
}

/** Shows that the bot is writing: until an answer arrives, it stops, or time is up. Who comes meanwhile does not see it. */
export const presence = {
  startTypingIndicator: async (props: WebchatContext & { input: Started }) => {
    const { conversationId, timeout = usual } = props.input
    const conversation = await conversationIn(props, conversationId)
    await tell(props.client, conversation, { typing: Math.min(timeout, longest) })
    return {}
  },
  stopTypingIndicator: async (props: WebchatContext & { input: Pick<Started, 'conversationId'> }) => {
    const conversation = await conversationIn(props, props.input.conversationId)
    await tell(props.client, conversation, { typing: 0 })
    return {}
  },
}
