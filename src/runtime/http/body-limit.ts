import type { RequestHead } from '../../implementation/request.ts'
import type { ServedBot } from '../bot/running-bot.ts'

/** The longest body of a request, in bytes, where neither the server nor an integration says one. */
export const defaultBodyLimit = 1_048_576

/** A request as a server knows it before it has read the body. */
export interface AskedHead {
  readonly method: string
  /** Path and query, below where the bot is mounted. */
  readonly url: string
  readonly headers: RequestHead['headers']
}

/**
 * The longest body that a request may have. An integration says it for its own requests, within what was set for the server.
 * @param set What was set; undefined where nothing was.
 */
export function bodyLimitFor(bot: ServedBot | undefined, { method, url, headers }: AskedHead, set?: number): number {
  const [path = '', ...query] = url.split('?')
  const [, alias = '', ...rest] = path.split('/')
  const own = bot?.bodyLimit(alias, { method, path: `/${rest.join('/')}`, query: query.join('?'), headers })
  return own === undefined ? (set ?? defaultBodyLimit) : Math.min(own, set ?? Infinity)
}
