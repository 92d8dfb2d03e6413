import { PlugboardError } from '../../errors/index.ts'
import type { WebhookRequest, WebhookResponse } from '../../implementation/request.ts'
import type { ServedBot } from '../bot/running-bot.ts'
import { problem } from './problem.ts'
import { sharedPrefix } from '../identification/shared-path.ts'
import { prometheusType } from '../metrics/prometheus-text.ts'
import { handleAdmin } from './admin.ts'
import { demandAdminToken, refuseWithoutToken } from './admin-token.ts'
import { bodyLimitFor } from './body-limit.ts'
import { readBody } from './read-body.ts'
import { answerRoot } from './root-page.ts'

/** How requests are handled. */
export interface HttpOptions {
  /** The token that admin endpoints ask for. Without one they are closed. It has 16 characters or more. */
  adminToken?: string | undefined
  /** Whether `/metrics` asks for no token. Default: false. */
  publicMetrics?: boolean
  /** The longest body, in bytes. Default: 1 MiB, or for requests to an integration what that says. */
  bodyLimit?: number
  /** The path below which the bot is reached, such as `/bots`. Default: none. */
  basePath?: string
}

/** A function from a request to a response, as servers of the fetch style take it. */
export type FetchHandler = (request: Request) => Promise<Response>

/**
 * The HTTP face of a running bot: `/` says which bot it is, `/<alias>/…` goes to the installation,
 * `/_integrations/<name>/…` to the one of this integration that the request is for, `/admin/…` needs the token, `/health` says that
 * the process lives and `/ready` that the bot works, `/metrics` what it has done, in the text format of Prometheus.
 * @throws {PlugboardError} with the code `admin_token_invalid`.
 */
export function fetchHandler(
  running: () => ServedBot | undefined,
  { adminToken, publicMetrics = false, bodyLimit, basePath = '' }: HttpOptions = {},
): FetchHandler {
  demandAdminToken(adminToken)
  return async (request) => {
    try {
      const { pathname: whole, search } = new URL(request.url)
      const pathname = below(whole, basePath)
      if (pathname === undefined) return toResponse(problem(404, 'not_found', 'there is nothing at this path'))
      const bot = running()
      if (pathname === '/health') return json(200, { status: 'ok' })
      if (pathname === '/ready') return await answerReady(bot)
      if (!bot) return toResponse(problem(503, 'not_running', 'the bot is starting'))
      if (pathname === '/' && (request.method === 'GET' || request.method === 'HEAD'))
        return toResponse(await answerRoot(bot, request, basePath.replace(/\/+$/, '')))
      const { metrics } = bot
      if (pathname === '/metrics') {
        const refusal = publicMetrics ? undefined : refuseWithoutToken(request, adminToken)
        if (refusal) return toResponse(refusal)
        return new Response(await metrics.text(), { headers: { 'content-type': prometheusType } })
      }
      const [, ...given] = pathname.split('/')
      const [first, ...rest] = decoded(given)
      const headers = Object.fromEntries(request.headers)
      const limit = bodyLimitFor(bot, { method: request.method, url: pathname + search, headers }, bodyLimit)
      const body = request.body
        ? await readBody(request.body as never as AsyncIterable<Uint8Array>, headers['content-length'], limit)
        : new Uint8Array()
      if (first === 'admin') return toResponse(await handleAdmin(bot, request, rest, body, adminToken))
      const isShared = first === sharedPrefix
      const asked: WebhookRequest = {
        method: request.method,
        path: `/${given.slice(isShared ? 2 : 1).join('/')}`,
        query: search.slice(1),
        headers,
        ...(body.length > 0 && { body: new TextDecoder().decode(body) }),
        rawBody: body,
        signal: request.signal,
      }
      return toResponse(await (isShared ? bot.receiveShared(rest[0] ?? '', asked) : bot.receive(first ?? '', asked)))
    } catch (error) {
      if (PlugboardError.isInstance(error)) return toResponse(problem(statusOf(error), error.code, error.message))
      return toResponse(problem(500, 'internal', 'the request could not be handled'))
    }
  }
}

/** The path below the base, with its slash; undefined if it is not below it. */
function below(path: string, base: string): string | undefined {
  const prefix = base.replace(/\/+$/, '')
  if (prefix === '') return path
  if (path === prefix) return '/'
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined
}

async function answerReady(bot: ServedBot | undefined): Promise<Response> {
  if (!bot) return json(503, { status: 'starting' })
  const { ready, store, worker } = await bot.readiness()
  return json(ready ? 200 : 503, { status: ready ? 'ready' : 'failing', bot: bot.name, store, worker })
}

/** @throws {PlugboardError} with the code `request_invalid`. */
function decoded(segments: readonly string[]): readonly string[] {
  try {
    return segments.map((segment) => decodeURIComponent(segment))
  } catch (cause) {
    throw new PlugboardError({ code: 'request_invalid', message: 'the path is not URL-encoded as it should be', cause })
  }
}

const statuses: Partial<Record<PlugboardError['code'], number>> = {
  body_too_large: 413,
  not_running: 503,
  request_invalid: 400,
}
const statusOf = (error: PlugboardError): number => statuses[error.code] ?? 500

function json(status: number, value: object): Response {
  return Response.json(value, { status })
}

function toResponse({ status = 200, headers, body }: WebhookResponse): Response {
  // Statuses without content must not have a body, not even an empty one.
  return new Response(status === 204 || status === 304 ? null : ((body ?? null) as BodyInit | null), {
    status,
    ...(headers && { headers: { ...headers } }),
  })
}
