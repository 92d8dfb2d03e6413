import { PlugboardError } from '../../errors/index.ts'
import type { WebhookResponse } from '../../implementation/request.ts'
import type { ServedBot } from '../bot/running-bot.ts'
import { problem } from './problem.ts'
import { adminRoutes } from './admin-routes.ts'
import { refuseWithoutToken } from './admin-token.ts'

/** Answers what is asked below `/admin`. All of it needs `Authorization: Bearer <token>`. */
export async function handleAdmin(
  bot: ServedBot,
  request: Request,
  path: readonly string[],
  body: Uint8Array,
  token: string | undefined,
): Promise<WebhookResponse> {
  const refusal = refuseWithoutToken(request, token)
  if (refusal) return refusal
  for (const { method, path: pattern, answer } of adminRoutes) {
    const names = request.method === method ? namesIn(path, pattern) : undefined
    if (!names) continue
    try {
      return await answer({ bot, names, query: new URL(request.url).searchParams, body })
    } catch (error) {
      if (PlugboardError.isInstance(error) && error.code.endsWith('_unknown'))
        return problem(404, error.code, error.message)
      if (PlugboardError.isInstance(error) && conflicts.includes(error.code))
        return problem(409, error.code, error.message)
      throw error
    }
  }
  const known = adminRoutes.map(({ method, path: pattern }) => `${method} /admin/${pattern}`)
  return problem(
    404,
    'not_found',
    `there is no ${request.method} /admin/${path.join('/')}; there are ${known.join(', ')}`,
  )
}

/** What has to be put right elsewhere before it can be asked for. */
const conflicts: readonly string[] = [
  'oauth_undeclared',
  'oauth_invalid',
  'installation_inactive',
  'secret_key_missing',
]

/** What stands in the place of each `<…>`; undefined if the path is another one. */
function namesIn(path: readonly string[], pattern: string): readonly string[] | undefined {
  const parts = pattern.split('/')
  if (parts.length !== path.length) return undefined
  const names: string[] = []
  for (const [index, part] of parts.entries()) {
    const given = path[index] as string
    if (part.startsWith('<')) names.push(given)
    else if (part !== given) return undefined
  }
  // There is nothing without a name, and no text has such a character.
  return names.some((name) => name === '' || name.includes('\u0000')) ? undefined : names
}
