import { createHmac } from 'node:crypto'
import { verifySignature } from 'plugboard/security'
import type { TelegramProps } from './props.ts'

/** What signatures are made with. */
export type Signer = Pick<TelegramProps, 'ctx' | 'configuration'>

/**
 * What Telegram is to send with every update. Made from the token, which Telegram and the bot know, so that nothing has to
 * be kept; nobody learns the token from it.
 */
export function secretToken(signer: Signer): string {
  return createHmac('sha256', signer.configuration.botToken).update(payloadOf(signer)).digest('hex')
}

export function isFromTelegram(signer: Signer, header: string | undefined): boolean {
  return verifySignature({ secret: signer.configuration.botToken, payload: payloadOf(signer), signature: header })
}

const payloadOf = ({ ctx }: Signer): string => JSON.stringify([ctx.integrationId, 'update'])
