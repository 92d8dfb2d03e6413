import { parseBinding } from '../../container/policies/parse-binding.ts'
import type { Binding } from '../../definition/binding.ts'
import { PlugboardError, ProblemsError } from '../../errors/index.ts'
import type { WebhookResponse } from '../../implementation/request.ts'
import type { PageRequest } from '../bot/history.ts'
import type { ServedBot } from '../bot/running-bot.ts'
import { problem } from './problem.ts'

/** What an admin endpoint is asked. */
export interface AdminRequest {
  readonly bot: ServedBot
  /** What stands in the place of each `<…>` of the path. */
  readonly names: readonly string[]
  readonly query: URLSearchParams
  readonly body: Uint8Array
}

/** An admin endpoint. Its path is below `/admin`; `<…>` stands for one segment. */
export interface AdminRoute {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  readonly answer: (asked: AdminRequest) => Promise<WebhookResponse> | WebhookResponse
}

/**
 * Every admin endpoint. Lists are paged: `limit` and `cursor` of the query; what comes has `items` and, unless it is the
 * last page, `nextCursor`.
 */
export const adminRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: 'bindings', answer: ({ bot }) => json({ bindings: bot.bindings.list() }) },
  // Its body is what a configuration file would say: `"openai"`, or an object.
  { method: 'PUT', path: 'bindings/<consumer>/<need>', answer: changeBinding },
  {
    method: 'DELETE',
    path: 'bindings/<consumer>/<need>',
    answer: async ({ bot, names: [consumer = '', need = ''] }) =>
      json({ binding: await bot.bindings.reset(consumer, need) }),
  },
  { method: 'GET', path: 'installations', answer: ({ bot }) => json({ installations: bot.installations }) },
  {
    method: 'POST',
    path: 'installations/<alias>/register',
    answer: async ({ bot, names: [alias = ''] }) => json({ installation: await bot.register(alias) }),
  },
  {
    method: 'POST',
    path: 'installations/<alias>/authorize',
    answer: async ({ bot, names: [alias = ''] }) => json({ authorization: await bot.authorize(alias) }),
  },
  {
    method: 'POST',
    path: 'installations/<alias>/revoke',
    answer: async ({ bot, names: [alias = ''] }) => json({ revoked: await bot.revoke(alias) }),
  },
  { method: 'GET', path: 'dead-letters', answer: async ({ bot, query }) => json(await bot.deadLetters(pageIn(query))) },
  {
    method: 'POST',
    path: 'dead-letters/<id>/retry',
    answer: async ({ bot, names: [id = ''] }) => {
      await bot.retryDeadLetter(id)
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: 'conversations',
    answer: async ({ bot, query }) =>
      json(
        await bot.history.conversations({
          ...pageIn(query),
          integration: textIn(query, 'integration'),
          channel: textIn(query, 'channel'),
        }),
      ),
  },
  {
    method: 'GET',
    path: 'conversations/<id>',
    answer: async ({ bot, names: [id = ''] }) => json({ conversation: await bot.history.conversation(id) }),
  },
  {
    method: 'GET',
    path: 'conversations/<id>/messages',
    answer: async ({ bot, names: [id = ''], query }) =>
      json(await bot.history.messages(id, pageIn(query, /^\d{1,15}$/))),
  },
  {
    method: 'GET',
    path: 'users/<id>',
    answer: async ({ bot, names: [id = ''] }) => json({ user: await bot.history.user(id) }),
  },
  {
    method: 'GET',
    path: 'traces',
    answer: async ({ bot, query }) =>
      json(await bot.traces({ ...pageIn(query), conversationId: textIn(query, 'conversation') })),
  },
]

async function changeBinding({ bot, names, body }: AdminRequest): Promise<WebhookResponse> {
  const [consumer = '', need = ''] = names
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
    return json(
      { error: { code: 'binding_policy_invalid', message: 'the binding is invalid', problems: binding } },
      422,
    )
  try {
    return json({ binding: await bot.bindings.set(consumer, need, binding as Binding) })
  } catch (error) {
    if (!PlugboardError.isInstance(error) || error.code === 'need_unknown') throw error
    const problems = error instanceof ProblemsError ? { problems: error.problems } : {}
    return json({ error: { code: error.code, message: error.message, ...problems } }, 422)
  }
}

/** Which page of a list is wanted. A cursor is the id of what stands last on a page, where a list says nothing else. */
function pageIn(query: URLSearchParams, cursors = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/): PageRequest {
  const [cursor, limit] = [textIn(query, 'cursor'), textIn(query, 'limit')]
  if (cursor !== undefined && !cursors.test(cursor)) throw invalid('the cursor is none that was given')
  if (limit !== undefined && !/^[1-9]\d{0,2}$/.test(limit)) throw invalid('the limit is no number from 1 to 100')
  return { cursor, limit: limit === undefined ? undefined : Number(limit) }
}

/** A text of the query; undefined where there is none. */
function textIn(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name) ?? undefined
  // A store may have no such character in a text at all.
  if (text?.includes('\u0000')) throw invalid(`'${name}' has a character in it that no text has`)
  return text === '' ? undefined : text
}

const invalid = (message: string): PlugboardError => new PlugboardError({ code: 'request_invalid', message })

const json = (value: object, status = 200): WebhookResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
