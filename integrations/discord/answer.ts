import { PlugboardError } from 'plugboard'

/** What Discord says when it does not do what it was asked. */
export interface FailedAnswer {
  readonly status: number
  /** Which of its errors it is; 0 is none in particular. */
  readonly code: number
  readonly message: string
  /** Of a wrong body: what is wrong, by field. */
  readonly errors?: unknown
  /** Seconds, with fractions. */
  readonly retry_after?: number
  /** Whether the limit is that of all calls. */
  readonly global?: boolean
}

const longestMessage = 300

/** Keeps the answer with the error, for whoever knows a way out. */
class DiscordRefusal extends Error {
  override readonly name = 'DiscordRefusal'
  readonly code: number

  constructor({ code, message }: FailedAnswer) {
    super(message)
    this.code = code
  }
}

/** Lets an answer pass that says that nothing is left to be done. */
export const unlessAnswered =
  (...codes: readonly number[]) =>
  (error: unknown): undefined => {
    if (!isAnswered(error, codes)) throw error
  }

export const isAnswered = (error: unknown, codes: readonly number[]): boolean =>
  PlugboardError.isInstance(error) && error.cause instanceof DiscordRefusal && codes.includes(error.cause.code)

/** Codes of Discord by which this integration goes on. */
export const unknownMessage = 10_008
export const unknownEmoji = 10_014
/** The token of an interaction that is over, or was taken away. */
export const interactionOver: readonly number[] = [10_015, 10_062, 50_027]

/** An answer that says no, as an error. */
export function refused(what: string, answer: FailedAnswer): PlugboardError {
  const { status, code } = answer
  const described = [answer.message, ...wrongFields(answer.errors)].join(' ').slice(0, longestMessage)
  const cause = new DiscordRefusal({ ...answer, message: described })
  const said = `${described} (${code === 0 ? status : `${status}, ${code}`})`
  if (status === 429) return rateLimited(what, answer, cause)
  if (status >= 500)
    return new PlugboardError({
      code: 'vendor_unavailable',
      message: `Discord failed at ${what}: ${said}`,
      retryable: true,
      cause,
    })
  // The token of an interaction is refused like that of a bot, which has nothing to do with it.
  if (status === 401 && !interactionOver.includes(code))
    return new PlugboardError({
      code: 'vendor_unauthorized',
      message: `Discord does not know the token of the bot: ${said}. Bot → Reset Token of the developer portal gives another one.`,
      cause,
    })
  const remedy = Object.hasOwn(remedies, code) ? `: ${remedies[code]}` : ''
  return new PlugboardError({ code: 'vendor_refused', message: `Discord refused ${what}: ${said}${remedy}`, cause })
}

function rateLimited(what: string, { retry_after: seconds, global }: FailedAnswer, cause?: unknown): PlugboardError {
  return new PlugboardError({
    code: 'vendor_rate_limited',
    message: `Discord asks to wait before ${what}`,
    retryable: true,
    ...(seconds !== undefined && { retryAfter: Math.ceil(seconds * 1000) }),
    // All other limits are those of a channel or of one kind of call there.
    retryScope: global === true ? 'installation' : 'conversation',
    cause,
  })
}

/** What is wrong with a body, such as `content: Must be 2000 or fewer in length.` */
function wrongFields(errors: unknown, path = ''): string[] {
  if (typeof errors !== 'object' || errors === null) return []
  return Object.entries(errors).flatMap(([key, value]: [string, unknown]) => {
    if (key !== '_errors') return wrongFields(value, path === '' ? key : `${path}.${key}`)
    if (!Array.isArray(value)) return []
    return value.map((error: { message?: unknown }) => `${path || 'body'}: ${String(error?.message)}`)
  })
}

const remedies: Readonly<Record<number, string>> = {
  10_003: 'there is no such channel, or it was deleted',
  [unknownMessage]: 'it was deleted, or is not in this channel',
  10_013: 'there is nobody with this id',
  50_001: 'the bot is not in the server, or does not see the channel',
  50_007: 'the person does not take messages of the bot, or shares no server with it',
  50_013: 'the role of the bot needs this permission in the server or the channel',
}
