import { messages, PlugboardError, z } from 'plugboard'

/** The type of the webhooks that carry messages, both ways. */
export const messageCreated = 'message.created'

const id = z.string().min(1).max(256)
const told = z.object({
  conversationId: id,
  userId: id,
  userName: z.string().optional(),
  messageId: id.optional(),
  type: z.string(),
  payload: z.record(z.string(), z.unknown()),
})
const { defaults } = messages

/** A message, as the data of a webhook tells it. */
export type ToldMessage = Omit<z.output<typeof told>, 'type'> & { readonly type: keyof typeof defaults }

/**
 * The message that a webhook tells; undefined for what has another form, since others call theirs `message.created` too.
 * @throws {PlugboardError} with the code `request_invalid`, where it has the form and the payload does not fit its type.
 */
export function messageIn(data: unknown): ToldMessage | undefined {
  const message = told.safeParse(data).data
  if (!message) return undefined
  const { type } = message
  if (!isCarried(type)) throw refused('data.type', `there is no message of the type '${type}'`)
  const issue = defaults[type].schema.safeParse(message.payload).error?.issues[0]
  if (issue) throw refused(['data.payload', ...issue.path].join('.'), `the payload is no ${type}: ${issue.message}`)
  return { ...message, type }
}

const isCarried = (type: string): type is ToldMessage['type'] => Object.hasOwn(defaults, type)

function refused(path: string, message: string): PlugboardError {
  return new PlugboardError({ code: 'request_invalid', message: `'${path}': ${message}`, where: { path } })
}
