/**
 * What can be told of an error without telling a secret. An error of a provider package holds the request with
 * everything that was said, and its headers; a parse error quotes the answer. None of it may reach a log.
 */
export interface ToldError {
  readonly name: string
  /** Undefined where the message itself quotes a request or an answer. */
  readonly message: string | undefined
  /** The code of a system error, such as `ECONNREFUSED`. */
  readonly code: string | undefined
  readonly cause: ToldError | undefined
  /** Only where the functions stood, without the message that a stack begins with. */
  readonly stack: string
}

/** Errors of provider packages whose messages are about the call and do not quote its content. */
const speaking: readonly string[] = [
  'AI_APICallError',
  'AI_UnsupportedFunctionalityError',
  'AI_NoSuchModelError',
  'AI_EmptyResponseBodyError',
]
const longestMessage = 300
const deepestCause = 4

/** @param secrets texts that are replaced wherever a message repeats them. */
export function toldOf(
  error: unknown,
  secrets: readonly string[],
  within: { depth: number; silent: boolean } = { depth: 0, silent: false },
): ToldError {
  const { name, message, code, cause, stack } = fieldsOf(error)
  // What `JSON.parse` throws quotes the text, and so does whatever caused an error that does.
  const silent = within.silent || name === 'SyntaxError' || (name.startsWith('AI_') && !speaking.includes(name))
  const deeper = { depth: within.depth + 1, silent }
  return {
    name,
    message: silent || message === undefined ? undefined : shortened(masked(message, secrets)),
    code,
    cause: cause === undefined || deeper.depth > deepestCause ? undefined : toldOf(cause, secrets, deeper),
    stack: (stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
  }
}

/** An error that holds what can be told, and nothing else: what is kept as the cause. */
export function errorOf({ name, message, code, cause, stack }: ToldError): Error {
  const error = new Error(message ?? name, cause && { cause: errorOf(cause) })
  error.name = name
  error.stack = `${name}: ${error.message}${stack === '' ? '' : `\n${stack}`}`
  return code === undefined ? error : Object.assign(error, { code })
}

function fieldsOf(error: unknown) {
  const given =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : { message: String(error) }
  return {
    name: textIn(given.name) ?? 'Error',
    message: textIn(given.message),
    code: textIn(given.code),
    cause: given.cause,
    stack: textIn(given.stack),
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function masked(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text)
}

function shortened(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}…`
}
