import type { Logger } from '../../implementation/logger.ts'
import type { AnyHandlers, Installation } from '../composition/installation.ts'

type Webhook = NonNullable<AnyHandlers['webhook']>
type Guards = { readonly [K in 'verify' | 'deliveryId']?: Exclude<Webhook[K], 'none' | undefined> }

/** What is asked of a request before the handler sees it. */
export function guardsOf({ verify, deliveryId }: Webhook = {}): Guards {
  return {
    ...(verify !== undefined && verify !== 'none' && { verify }),
    ...(deliveryId !== undefined && deliveryId !== 'none' && { deliveryId }),
  }
}

/** Warns of what the webhook of an installation does not ask, unless its author said that this is meant. */
export function warnOfGuards({ inactive, handlers }: Installation, logger: Logger): void {
  if (inactive !== undefined || !handlers?.handler) return
  const { verify, deliveryId } = handlers.webhook ?? {}
  if (deliveryId === undefined)
    logger.warn(
      "the integration does not tell one delivery from another, so what its platform sends twice is handled twice: implement webhook.deliveryId, or say deliveryId: 'none'",
    )
  if (verify === undefined)
    logger.warn(
      "the integration does not verify requests, so whoever knows the URL of the webhook is believed: implement webhook.verify, or say verify: 'none'",
    )
}
