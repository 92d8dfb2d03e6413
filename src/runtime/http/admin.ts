import { parseBinding } from '../../container/policies/parse-binding.ts'
import type { Binding } from '../../definition/binding.ts'
import { PlugboardError, ProblemsError } from '../../errors/index.ts'
import type { WebhookResponse } from '../../implementation/request.ts'
import type { ServedBot } from '../bot/running-bot.ts'
import { problem } from '../bot/webhooks.ts'
import { refuseWithoutToken } from './admin-token.ts'

/**
 * The admin endpoints. All need `Authorization: Bearer <token>`.
 * - `GET /admin/bindings` lists the bindings.
 * - `PUT /admin/bindings/<consumer>/<need>` changes one; its body is what a configuration file would say: `"openai"`, or an object.
 * - `GET /admin/installations` lists the installations, with why those that are not active are not.
 * - `POST /admin/installations/<alias>/register` registers one with its platform at once.
 */
export async function handleAdmin(
  bot: ServedBot,
  request: Request,
  path: readonly string[],
  body: Uint8Array,
  token: string | undefined,
): Promise<WebhookResponse> {
  const refusal = refuseWithoutToken(request, token)
  if (refusal) return refusal
  const [section, name, detail] = path
  if (request.method === 'GET' && path.length === 1 && section === 'bindings')
    return answer({ bindings: bot.bindings.list() })
  if (request.method === 'GET' && path.length === 1 && section === 'installations')
    return answer({ installations: bot.installations })
  if (
    request.method === 'PUT' &&
    path.length === 3 &&
    section === 'bindings' &&
    name !== undefined &&
    detail !== undefined
  )
    return change(bot, name, detail, body)
  if (
    request.method === 'POST' &&
    path.length === 3 &&
    section === 'installations' &&
    name !== undefined &&
    detail === 'register'
  )
    return register(bot, name)
  return problem(
    404,
    'not_found',
    `there is no ${request.method} /admin/${path.join('/')}; there are GET /admin/bindings, PUT /admin/bindings/<consumer>/<need>, GET /admin/installations and POST /admin/installations/<alias>/register`,
  )
}

async function register(bot: ServedBot, alias: string): Promise<WebhookResponse> {
  try {
    return answer({ installation: await bot.register(alias) })
  } catch (error) {
    if (!PlugboardError.isInstance(error) || error.code !== 'installation_unknown') throw error
    return problem(404, error.code, error.message)
  }
}

async function change(bot: ServedBot, consumer: string, need: string, body: Uint8Array): Promise<WebhookResponse> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(body))
  } catch {
    return problem(
      400,
      'request_invalid',
      'the body is no JSON; write the alias in quotes, such as "openai", or an object',
    )
  }
  const binding = parseBinding(value, 'binding')
  if (Array.isArray(binding))
    return {
      status: 422,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        error: { code: 'binding_policy_invalid', message: 'the binding is invalid', problems: binding },
      }),
    }
  try {
    return answer({ binding: await bot.bindings.set(consumer, need, binding as Binding) })
  } catch (error) {
    if (!PlugboardError.isInstance(error)) throw error
    const problems = error instanceof ProblemsError ? { problems: error.problems } : {}
    return {
      status: error.code === 'need_unknown' ? 404 : 422,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ error: { code: error.code, message: error.message, ...problems } }),
    }
  }
}

const answer = (value: object): WebhookResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
