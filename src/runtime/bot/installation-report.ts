import type { Installation } from '../composition/installation.ts'
import { sharedUrl } from '../identification/shared-path.ts'
import { againAt } from '../integrations/registration.ts'
import type { Authorization } from '../oauth/authorization.ts'
import type { BotCore } from './core.ts'

/** An installation, as a running bot reports it. */
export interface InstallationReport {
  readonly alias: string
  readonly integration: string
  readonly version: string
  readonly active: boolean
  /** Why it is inactive. */
  readonly reason: string | undefined
  /** Where its platform sends what happens. */
  readonly webhookUrl: string
  /** The same for all installations of the integration; undefined where it declares no `identifier`. */
  readonly sharedWebhookUrl: string | undefined
  /** How its registration with the platform stands; undefined where it needs none. */
  readonly registration: RegistrationReport | undefined
  /** Whether somebody has given it access to its platform; undefined where it declares no `oauth`. */
  readonly authorization: Authorization | undefined
  /** The interfaces that it implements. */
  readonly interfaces: readonly {
    readonly name: string
    readonly version: string
    readonly as: string
    readonly capabilities: readonly string[]
    /** The members of which only their author's word, `assume: true`, says that they refine the interface's: `actions.generate`. */
    readonly assumed: readonly string[]
  }[]
}

/** How the registration of an installation with its platform stands. */
export interface RegistrationReport {
  /** One that `failed` is tried again by itself. */
  readonly status: 'registering' | 'registered' | 'failed'
  /** Why it failed last. */
  readonly failure: { readonly code: string; readonly message: string } | undefined
  /** How often it has failed since it last succeeded. */
  readonly attempts: number
  /** When it is tried again: ISO 8601, in UTC. */
  readonly retryAt: string | undefined
}

/** Tells of an installation. */
export function reportInstallation(core: BotCore, installation: Installation): InstallationReport {
  const { alias, definition, inactive, registration } = installation
  const unregistered =
    registration?.failure && !installation.isRegistered
      ? `[${registration.failure.code}] ${registration.failure.message}${againAt(alias, registration)}`
      : undefined
  const { authorization } = installation
  const unauthorized = authorization?.status === 'needed' ? `[authorization_needed] ${authorization.reason}` : undefined
  const reason = inactive ?? unauthorized ?? unregistered
  return {
    alias,
    integration: definition.name,
    version: definition.version,
    active: reason === undefined,
    reason,
    webhookUrl: core.webhookUrl(installation),
    sharedWebhookUrl: definition.identifier && `${sharedUrl(core.url, definition.name)}/webhook`,
    authorization,
    registration: registration && {
      status: registration.status,
      failure: registration.failure,
      attempts: registration.attempts,
      retryAt: registration.retryAt === undefined ? undefined : new Date(registration.retryAt).toISOString(),
    },
    interfaces: definition.interfaces.map((implementation) => ({
      name: implementation.interface.name,
      version: implementation.interface.version,
      as: implementation.as,
      capabilities: installation.capabilitiesOf(implementation),
      assumed: implementation.assumed,
    })),
  }
}
