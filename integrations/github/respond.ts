import { createHash } from 'node:crypto'
import { verify } from '@octokit/webhooks-methods'
import { PlugboardError, type WebhookRequest, type WebhookResponse } from 'plugboard'
import type { Settings } from './configuration.ts'
import { identifierOf } from './identifier.ts'
import { takeDelivery } from './incoming/take-delivery.ts'
import type { RequestProps } from './props.ts'
import { toldDelivery } from './told.ts'

/** Whether whoever sends a request knows the secret. Compared in constant time. */
export async function isGenuine({
  req,
  configuration,
}: {
  req: WebhookRequest
  configuration: Settings
}): Promise<boolean> {
  const { webhookSecret } = configuration
  const signature = req.headers['x-hub-signature-256']
  if (webhookSecret === undefined || !signature || !req.body) return false
  return verify(webhookSecret, req.body, signature)
}

/** What somebody may set off twice with the very same words, each time on purpose. */
const repeatable: readonly string[] = ['repository_dispatch', 'workflow_dispatch']

/**
 * What tells one delivery from another; the same when GitHub, or somebody on its pages, sends it again. GitHub signs the
 * body alone: whoever has got hold of a delivery could send it again under another id, and so the body is what counts.
 */
export function deliveryIdOf({ headers, body }: WebhookRequest): string | undefined {
  if (body === undefined || repeatable.includes(headers['x-github-event'] ?? '')) return headers['x-github-delivery']
  return createHash('sha256').update(body).digest('hex')
}

/** Answers requests: webhooks of GitHub. */
export async function respond(props: RequestProps): Promise<WebhookResponse> {
  const { req, configuration, logger } = props
  if (req.path !== '/webhook') return { status: 404 }
  if (req.method !== 'POST') return { status: 405, headers: { allow: 'POST' } }
  const name = req.headers['x-github-event']
  const payload = payloadIn(req)
  const told = toldDelivery.safeParse(payload)
  if (name === undefined || payload === undefined || !told.success)
    throw new PlugboardError({
      code: 'request_invalid',
      message: 'the request is no webhook of GitHub: it has no X-GitHub-Event, or no JSON object as its body',
    })
  if (name === 'ping') return { status: 200 }
  const { repository } = told.data
  if (repository?.full_name.toLowerCase() !== identifierOf(configuration)) {
    // An organization or app has one address for all of its repositories.
    logger.debug('a webhook was about another repository', { name, repository: repository?.full_name })
    return { status: 200 }
  }
  await takeDelivery(props, name, payload)
  return { status: 200 }
}

/** The payload, which GitHub sends as JSON or, unless it is told otherwise, as a field of a form. */
function payloadIn({ body = '', headers }: WebhookRequest): Record<string, unknown> | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  try {
    const value: unknown = JSON.parse(isForm ? (new URLSearchParams(body).get('payload') ?? '') : body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
