import type { SlackProps } from '../props.ts'
import type { SlashCommand } from './envelope.ts'
import { conversationOf, userOf } from './people.ts'

/** Tells of a slash command. Its conversation may be one that the bot is not in. */
export async function takeCommand(props: SlackProps, given: SlashCommand): Promise<void> {
  const { command, text, user_id, channel_id, channel_name, trigger_id, response_url } = given
  const isNamed = channel_name !== '' && channel_name !== 'directmessage' && channel_name !== 'privategroup'
  const conversationId = await conversationOf(props, {
    channel: channel_id,
    title: isNamed ? channel_name : undefined,
    person: user_id,
  })
  const userId = await userOf(props, { id: user_id })
  await props.client.createEvent({
    type: 'commandReceived',
    payload: { command, text, triggerId: trigger_id, responseUrl: response_url },
    conversationId,
    userId,
  })
}
