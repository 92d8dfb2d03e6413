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
  return sign(signer, ['update'])
}

export function isFromTelegram(signer: Signer, header: string | undefined): boolean {
  return isSigned(signer, ['update'], header)
}

/** Shows that the address of a file was given out by this bot. */
export function fileSignature(signer: Signer, parts: readonly string[]): string {
  return sign(signer, ['file', ...parts])
}

export function isFileSigned(signer: Signer, parts: readonly string[], signature: string | undefined): boolean {
  return isSigned(signer, ['file', ...parts], signature)
}

const payloadOf = ({ ctx }: Signer, parts: readonly string[]): string => JSON.stringify([ctx.integrationId, ...parts])

function sign(signer: Signer, parts: readonly string[]): string {
  return createHmac('sha256', signer.configuration.botToken).update(payloadOf(signer, parts)).digest('hex')
}

function isSigned(signer: Signer, parts: readonly string[], signature: string | undefined): boolean {
  return verifySignature({ secret: signer.configuration.botToken, payload: payloadOf(signer, parts), signature })
}
