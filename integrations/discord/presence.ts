import { callDiscord } from './api.ts'
import { channelIdOf } from './place.ts'
import type { DiscordProps } from './props.ts'

/** Shows that an answer is being written: for ten seconds, or until it arrives. Discord knows no stopping. */
export const presence = {
  startTypingIndicator: async (props: DiscordProps & { input: { conversationId: string } }) => {
    const channelId = await channelIdOf(props, props.input.conversationId)
    await callDiscord(props, { what: 'typing', method: 'POST', path: `/channels/${channelId}/typing` })
    return {}
  },
  stopTypingIndicator: async () => ({}),
}
