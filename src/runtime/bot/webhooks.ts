import { randomUUID } from 'node:crypto'
import { PlugboardError } from '../../errors/index.ts'
import type { RequestHead, WebhookRequest, WebhookResponse } from '../../implementation/request.ts'
import { abortion } from '../calls/located.ts'
import type { Intake } from '../clients/integration-client.ts'
import { deadline } from '../pipeline/deadline.ts'
import type { Installation } from '../composition/installation.ts'
import { filesFolder } from '../files/file-address.ts'
import { giveFile } from '../files/give-file.ts'
import { problem } from '../http/problem.ts'
import { guardsOf } from '../integrations/webhook-guards.ts'
import type { BotCore } from './core.ts'
import { observedRequest } from './observed-intake.ts'

/**
 * Hands a request to the integration that it is for: verify, dedupe, handle, store. What the handler brings in is stored
 * together with the key of the delivery before the response goes out.
 */
export function handleWebhook(core: BotCore, alias: string, request: WebhookRequest): Promise<WebhookResponse> {
  if (!core.installation(alias))
    return Promise.resolve(problem(404, 'not_found', `there is no installation '${alias}'`))
  return observedRequest(core.telemetry, alias, request, () => handle(core, alias, request))
}

async function handle(core: BotCore, alias: string, request: WebhookRequest): Promise<WebhookResponse> {
  const installation = core.installation(alias)
  if (!installation) return problem(404, 'not_found', `there is no installation '${alias}'`)
  if (installation.inactive !== undefined || !installation.handlers)
    return problem(503, 'installation_inactive', `integration '${alias}' is not active`)
  const { handler, webhook, files } = installation.handlers
  const isForFile = files !== undefined && request.path.startsWith(filesFolder)
  if (!handler && !isForFile) return problem(404, 'not_found', `integration '${alias}' takes no requests`)
  const logger = core.loggerOf(installation)
  const where = { integration: alias }
  // A stream that the handler gives may take its time: what is cut off is what it does until it answers.
  const time = deadline(core.clock, core.timeout, core.stopping.signal, where)
  const signal = AbortSignal.any([request.signal, time.signal])
  const abort = abortion(time.signal, where)
  try {
    const context = core.contextFor(installation, signal, `webhook/${randomUUID()}`)
    if (isForFile || !handler) {
      const { clock } = core
      const kept = core.clientOf(installation)
      return await Promise.race([giveFile(request, { installation, clock, kept, context }), abort.rejects])
    }
    const { verify, deliveryId } = guardsOf(webhook)
    if (
      verify &&
      !(await Promise.race([
        verify({ ...(context as never as Parameters<typeof verify>[0]), req: request }),
        abort.rejects,
      ]))
    )
      return problem(401, 'vendor_unauthorized', 'the request is not signed as it should be')
    const delivery = deliveryId?.(request)
    const key = delivery === undefined ? undefined : `${installation.id}:${delivery}`
    if (key !== undefined && (await core.store.hasDelivery(key))) {
      core.telemetry.note({ kind: 'delivery', integration: alias, outcome: 'duplicate' })
      return { status: 200 }
    }
    const intake: Intake = { messages: [], events: [], states: [], files: [] }
    const handling = handler({
      ...(context as never as Parameters<typeof handler>[0]),
      client: core.clientOf(installation, intake),
      req: request,
    })
    const given = await Promise.race([handling, abort.rejects])
    const response = given ?? { status: 200 }
    // What was refused may come again, put right: it is no delivery that was handled.
    const handled = (response.status ?? 200) < 400
    const stored = await core.receive(installation, intake, handled ? key : undefined)
    return stored ? response : { status: 200 }
  } catch (error) {
    if (core.stopping.signal.aborted) return problem(503, 'not_running', 'the bot is stopping')
    logger.error('a request could not be handled', { error })
    if (time.signal.aborted) return problem(503, 'timeout', 'the request was not handled in time')
    return isClientMistake(installation, error)
      ? problem(400, error.code, core.mask.text(error.message))
      : problem(500, 'internal', 'the request could not be handled')
  } finally {
    abort.release()
    time.end()
  }
}

/** The longest body that the integration takes with a request; undefined where it does not say. */
export function bodyLimitOf(core: BotCore, alias: string, req: RequestHead): number | undefined {
  const installation = core.installation(alias)
  const ask = installation?.handlers?.webhook?.bodyLimit
  if (!installation || !ask || installation.inactive !== undefined) return undefined
  const context = core.contextFor(installation, core.stopping.signal, `webhook/${randomUUID()}`)
  return ask({ ...(context as never as Parameters<typeof ask>[0]), req })
}

const clientMistakes: readonly string[] = [
  'payload_invalid',
  'message_type_unknown',
  'request_invalid',
  'conversation_unknown',
  'user_unknown',
  'event_unknown',
]
const isClientMistake = (_: Installation, error: unknown): error is PlugboardError =>
  PlugboardError.isInstance(error) && clientMistakes.includes(error.code)
