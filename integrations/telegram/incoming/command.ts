import type { Message } from 'grammy/types'
import type { TelegramProps } from '../props.ts'

/** A command that somebody wrote. */
export interface Command {
  readonly command: string
  readonly arguments: string
  readonly messageId: string
}

/** The command that a message begins with; undefined where it is for another bot of the group. */
export async function commandIn({ client }: TelegramProps, message: Message): Promise<Command | undefined> {
  const { text = '', entities = [] } = message
  const entity = entities.find(({ type, offset }) => type === 'bot_command' && offset === 0)
  if (!entity) return undefined
  const [command = '', addressee] = text.slice(1, entity.length).split('@')
  if (addressee !== undefined) {
    const { state } = await client.getState({ name: 'account' })
    const own = state?.payload.username
    if (own !== undefined && own.toLowerCase() !== addressee.toLowerCase()) return undefined
  }
  return { command, arguments: text.slice(entity.length).trim(), messageId: `${message.message_id}` }
}

/** Tells of a command. */
export async function takeCommand(
  { client }: TelegramProps,
  payload: Command,
  place: { conversationId: string; userId: string },
): Promise<void> {
  await client.createEvent({ type: 'commandReceived', payload: { ...payload }, ...place })
}
