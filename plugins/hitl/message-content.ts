import { type messages, PlugboardError } from 'plugboard'

/** What a message says, in whatever form. */
export interface Content {
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
}

type Types = keyof typeof messages.defaults

/** Whether a message is a command. */
export const isCommand = ({ payload }: Content, command: string | undefined): boolean =>
  command !== undefined &&
  typeof payload['text'] === 'string' &&
  payload['text'].trim().toLowerCase() === command.toLowerCase()

/** A message as humans are given it: under the name of a user. */
export function inNameOf(userId: string, { type, payload }: Content): Content {
  // Sessions carry no markdown, and what becomes a text on its way has no user any more.
  const isMarkdown = type === ('markdown' satisfies Types) && typeof payload['markdown'] === 'string'
  return isMarkdown
    ? { type: 'text', payload: { text: payload['markdown'], userId } }
    : { type, payload: { ...payload, userId } }
}

/** A message of humans as people are given it: texts begin with the name. */
export function signed({ type, payload }: Content, prefix: string): Content {
  const { userId: _, ...rest } = payload
  return typeof rest['text'] === 'string' && type === ('text' satisfies Types)
    ? { type, payload: { ...rest, text: `${prefix}${rest['text']}` } }
    : { type, payload: rest }
}

/** Whether a conversation cannot be given a message of this kind. */
export const isUnfit = (error: unknown): boolean =>
  PlugboardError.isInstance(error) && (error.code === 'message_type_unknown' || error.code === 'payload_invalid')

/** Whether a conversation cannot be given anything any more. */
export const isGone = (error: unknown): boolean =>
  PlugboardError.isInstance(error) &&
  (error.code === 'installation_inactive' || error.code === 'channel_disabled' || error.code === 'conversation_unknown')
