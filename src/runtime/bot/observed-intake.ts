import type { WebhookRequest, WebhookResponse } from '../../implementation/request.ts'
import type { Intake } from '../clients/integration-client.ts'
import type { Installation } from '../composition/installation.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'

/** Handles a request to a webhook as a span; its duration and status are counted. */
export async function observedRequest(
  telemetry: Telemetry,
  alias: string,
  { method, path }: WebhookRequest,
  work: () => Promise<WebhookResponse>,
): Promise<WebhookResponse> {
  const start = performance.now()
  return telemetry.within(
    {},
    {
      name: `${method} /${alias}/*`,
      kind: 'server',
      attributes: {
        'http.request.method': method,
        'http.route': `/${alias}/*`,
        'url.path': `/${alias}${path}`,
        'plugboard.integration': alias,
      },
    },
    async (span) => {
      const response = await work()
      const { status = 200 } = response
      span.set({ 'http.response.status_code': status })
      // What the client did wrong is no failure of the server.
      if (status >= 500) span.fail(new Error(`it was answered with ${status}`))
      telemetry.note({ kind: 'request', integration: alias, status, duration: performance.now() - start })
      return response
    },
  )
}

/** Stores what came in as a span, which what is done with it later goes on from; all of it is counted. */
export async function observedIntake<T>(
  telemetry: Telemetry,
  { alias }: Installation,
  { messages, events }: Intake,
  store: (trace: string | undefined) => Promise<T | undefined>,
): Promise<T | undefined> {
  const [first] = messages
  const stored = await telemetry.span(
    {
      name: 'store delivery',
      kind: 'producer',
      attributes: {
        'messaging.system': 'plugboard',
        'messaging.operation.type': 'send',
        'messaging.operation.name': 'store',
        'messaging.destination.name': 'inbox',
        'messaging.message.id': first?.id,
        'messaging.message.conversation_id': first?.conversationId,
        'messaging.batch.message_count': messages.length + events.length,
        'plugboard.integration': alias,
      },
    },
    async (span) => {
      const lanes = await store(telemetry.traceparent)
      if (lanes === undefined) span.set({ 'plugboard.duplicate': true })
      return lanes
    },
  )
  telemetry.note({ kind: 'delivery', integration: alias, outcome: stored === undefined ? 'duplicate' : 'stored' })
  if (stored === undefined) return undefined
  for (const _ of messages) telemetry.note({ kind: 'message', direction: 'incoming', integration: alias })
  for (const _ of events) telemetry.note({ kind: 'event', origin: alias })
  return stored
}
