import { PlugboardError } from 'plugboard'

/** Whom a message is for: a number, or what WhatsApp calls somebody who keeps it to themselves. */
export type Recipient = { readonly to: string } | { readonly recipient: string }

type Tags = Readonly<Record<string, string | undefined>>

/**
 * Whom the messages of a conversation are for.
 * @throws {PlugboardError} with the code `vendor_refused`.
 */
export function recipientOf({ phone, userId, id }: Tags): Recipient {
  if (phone) return { to: phone }
  if (userId) return { recipient: userId }
  if (id && /^\d{7,15}$/.test(id)) return { to: id }
  throw new PlugboardError({
    code: 'vendor_refused',
    message: `the tags of the conversation name nobody in WhatsApp: '${id}'`,
  })
}

/** A number as WhatsApp has it: `+1 650-555-1234` is `16505551234`. */
export const digitsOf = (number: string): string => number.replaceAll(/\D/g, '')
