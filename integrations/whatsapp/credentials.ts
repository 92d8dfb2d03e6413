import { PlugboardError } from 'plugboard'
import type { WhatsappProps } from './props.ts'

/** What signatures are made and checked with. */
export type Signer = Pick<WhatsappProps, 'ctx' | 'configuration'>

/**
 * What the app shares with Meta: of the number itself, or of all numbers of the bot.
 * @throws {PlugboardError} with the code `secret_missing`.
 */
export function credentialsOf({ ctx }: Pick<Signer, 'ctx'>): {
  readonly appSecret: string
  readonly verifyToken: string
} {
  if (ctx.configurationType === null) return ctx.configuration
  // They are optional, since a number with an app of its own does without.
  const { APP_SECRET: appSecret = '', VERIFY_TOKEN: verifyToken = '' } = ctx.secrets
  if (appSecret !== '' && verifyToken !== '') return { appSecret, verifyToken }
  throw new PlugboardError({
    code: 'secret_missing',
    message: "a number of a shared app needs the secrets 'APP_SECRET' and 'VERIFY_TOKEN'",
  })
}
