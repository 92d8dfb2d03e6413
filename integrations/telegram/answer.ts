import { PlugboardError } from 'plugboard'

/** What Telegram says when it does not do what it was asked. */
export interface FailedAnswer {
  readonly error_code: number
  readonly description: string
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number }
}

const longestDescription = 300

const remedy =
  ". Start the bot with a `url` that the internet reaches by https, or install it with the configuration 'polling'"

/** Keeps the answer with the error, for whoever knows a way out. */
class TelegramRefusal extends Error {
  override readonly name = 'TelegramRefusal'
  readonly answer: FailedAnswer

  constructor(answer: FailedAnswer) {
    super(answer.description)
    this.answer = answer
  }
}

/** What Telegram answered; undefined where the error is another one. */
export function answerIn(error: unknown): FailedAnswer | undefined {
  return PlugboardError.isInstance(error) && error.cause instanceof TelegramRefusal ? error.cause.answer : undefined
}

/** Lets an answer pass that says that nothing is left to be done. */
export const unlessAnswered =
  (pattern: RegExp) =>
  (error: unknown): undefined => {
    if (!pattern.test(answerIn(error)?.description ?? '')) throw error
  }

/**
 * An answer that says no, as an error.
 * @param isOfChat Whether it is about one chat: what that takes is counted by itself, so that no other one has to wait for it.
 */
export function refused(method: string, answer: FailedAnswer, isOfChat: boolean): PlugboardError {
  const { error_code: status, parameters } = answer
  const description = answer.description.slice(0, longestDescription)
  const cause = new TelegramRefusal({ ...answer, description })
  const said = `${description} (${status})`
  // A token of the wrong form, or of a bot that is gone, is no path at all.
  if (status === 401 || (status === 404 && !/method not found/i.test(description)))
    return new PlugboardError({
      code: 'vendor_unauthorized',
      message: `Telegram does not know the token of the bot: ${said}. @BotFather shows the one that is valid.`,
      cause,
    })
  if (status === 429) {
    const seconds = parameters?.retry_after
    return new PlugboardError({
      code: 'vendor_rate_limited',
      message: `Telegram asks to wait before ${method}: ${said}`,
      retryable: true,
      ...(seconds !== undefined && { retryAfter: seconds * 1000 }),
      ...(isOfChat && { retryScope: 'conversation' }),
      cause,
    })
  }
  if (status >= 500)
    return new PlugboardError({
      code: 'vendor_unavailable',
      message: `Telegram failed at ${method}: ${said}`,
      retryable: true,
      cause,
    })
  // Somebody else polls with the same token, or there is a webhook: that may end.
  return new PlugboardError({
    code: 'vendor_refused',
    message: `Telegram refused ${method}: ${said}${/bad webhook/i.test(description) ? remedy : ''}`,
    retryable: status === 409,
    cause,
  })
}
