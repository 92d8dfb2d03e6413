import { PlugboardError } from 'plugboard'

/** What Slack says when it does not do what it was asked. */
export interface FailedAnswer {
  /** Such as `channel_not_found`. */
  readonly error: string
  /** The scope that is missing. */
  readonly needed?: string
}

const longestCode = 100

/** Keeps the answer with the error, for whoever knows a way out. */
class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal'
  readonly answer: FailedAnswer

  constructor(answer: FailedAnswer) {
    super(answer.error)
    this.answer = answer
  }
}

/** What Slack answered, such as `message_not_found`; undefined where the error is another one. */
export function answerIn(error: unknown): string | undefined {
  const told = toldIn(error)
  return PlugboardError.isInstance(told) && told.cause instanceof SlackRefusal ? told.cause.answer.error : undefined
}

/** The error that was thrown within a call of the client, which makes one of its own around it. */
export const toldIn = (error: unknown): unknown =>
  error instanceof Error && 'original' in error ? error.original : error

/** Lets an answer pass that says that nothing is left to be done. */
export const unlessAnswered =
  (...answers: readonly string[]) =>
  (error: unknown): undefined => {
    if (!answers.includes(answerIn(error) ?? '')) throw error
  }

/** An answer that says no, as an error. */
export function refused(method: string, answer: FailedAnswer, retryAfter: number | undefined): PlugboardError {
  const error = /^[\w:.-]+$/.test(answer.error) ? answer.error.slice(0, longestCode) : 'unknown_error'
  const cause = new SlackRefusal({ ...answer, error })
  if (error === 'ratelimited' || error === 'rate_limited') return rateLimited(method, retryAfter, cause)
  const isOfApp = method === 'apps.connections.open'
  const place = isOfApp ? 'Basic Information → App-Level Tokens' : 'OAuth & Permissions'
  if (credentials.has(error))
    return new PlugboardError({
      code: 'vendor_unauthorized',
      message: `Slack does not take the token of the ${isOfApp ? 'app' : 'bot'}: ${error}. The one that is valid stands under ${place} of the app.`,
      cause,
    })
  if (error === 'missing_scope')
    return new PlugboardError({
      code: 'vendor_unauthorized',
      message: `Slack does not let the bot do ${method} without the scope '${answer.needed ?? 'that it needs'}': add it under ${place} of the app, and install the app again.`,
      cause,
    })
  if (passing.has(error))
    return new PlugboardError({
      code: 'vendor_unavailable',
      message: `Slack failed at ${method}: ${error}`,
      retryable: true,
      cause,
    })
  const remedy = Object.hasOwn(remedies, error) ? `: ${remedies[error]}` : ''
  return new PlugboardError({ code: 'vendor_refused', message: `Slack refused ${method}: ${error}${remedy}`, cause })
}

/** What Slack says with the status 429, or in words. */
export function rateLimited(method: string, retryAfter: number | undefined, cause?: unknown): PlugboardError {
  return new PlugboardError({
    code: 'vendor_rate_limited',
    message: `Slack asks to wait before ${method}`,
    retryable: true,
    ...(retryAfter !== undefined && { retryAfter }),
    // Messages are counted by channel, and all else by method.
    ...(method === 'chat.postMessage' && { retryScope: 'conversation' as const }),
    cause,
  })
}

/** Whether Slack does not take a token any more, rather than not for this. */
export const isOfToken = (error: unknown): boolean => tokens.has(answerIn(error) ?? '')

const tokens: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
])

const credentials: ReadonlySet<string> = new Set([
  ...tokens,
  'not_allowed_token_type',
  'org_login_required',
  'team_access_not_granted',
])

const passing: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])

const remedies: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the bot to the channel, by /invite and its name',
  channel_not_found: 'there is no such channel, or it is private and the bot is not in it',
  is_archived: 'the channel is archived',
  msg_too_long: 'the message is too long',
  message_not_found: 'it was deleted, or is not in this channel',
  user_not_found: 'there is nobody with this id in the workspace',
  expired_trigger_id: 'a trigger lives for three seconds',
}
