import type { BotData } from '../../definition/bot-data.ts'
import type { Environment } from '../composition/resolve-configuration.ts'
import type { Logger } from '../../implementation/logger.ts'
import { listed } from '../../definition/validation/problem-list.ts'
import type { ErrorCode } from '../../errors/index.ts'
import { keyVariable } from './master-key.ts'
import { secretVariable } from './stored-secrets.ts'

/** A secret that a part of a bot declares. */
export interface DeclaredSecret {
  /** The alias of the integration or plugin; `bot` for the bot's own code. */
  readonly alias: string
  readonly name: string
  readonly optional: boolean
}

/** The secrets that the parts of a bot declare. */
export function declaredSecrets(bot: Pick<BotData, 'integrations' | 'plugins' | 'secrets'>): readonly DeclaredSecret[] {
  const parts = [...bot.integrations, ...bot.plugins].map(({ alias, definition }) => ({
    alias,
    secrets: definition.secrets,
  }))
  return [...parts, { alias: 'bot', secrets: bot.secrets }].flatMap(({ alias, secrets }) =>
    Object.entries<{ readonly optional?: boolean }>(secrets).map(([name, { optional = false }]) => ({
      alias,
      name,
      optional,
    })),
  )
}

/** Warns of secrets in the environment that no part of the bot declares: one that is misspelt is missed later, or never. */
export function warnOfUnknownSecrets(bot: BotData, environment: Environment, logger: Logger): void {
  const known = declaredSecrets(bot).map(({ alias, name }) => secretVariable(alias, name))
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith('PLUGBOARD_SECRET_') || !value || known.includes(variable) || ofKeys.test(variable))
      continue
    logger.warn(
      `the environment variable ${variable} names no secret of this bot; known are ${listed(known)}: mend its name, or take it away`,
      { code: 'secret_unknown' satisfies ErrorCode },
    )
  }
}

/** The keys by which what is kept is sealed, and the files that they stand in. */
const ofKeys = new RegExp(`^${keyVariable}(_NEW)?(_FILE)?$`)
