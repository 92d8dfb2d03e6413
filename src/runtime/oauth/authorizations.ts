import { PlugboardError } from '../../errors/index.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { Installation } from '../composition/installation.ts'
import { underLease } from '../integrations/lease.ts'
import type { Clock } from '../ports/clock.ts'
import type { Claim } from '../ports/claim.ts'
import type { Store } from '../ports/store.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'
import type { Vault } from '../secrets/vault.ts'
import { authorized, needed } from './authorization.ts'
import { type GivenTokens, OAuthPlatform } from './platform.ts'
import { type OAuthTokens, secretsOf, tokensFromText, tokensName, tokensToText } from './tokens.ts'

/** What authorizations work with. */
export interface AuthorizationServices {
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
  readonly mask: SecretMask
  readonly stopping: AbortSignal
  /** The name of this process among those that share the store. */
  worker(): string
  loggerOf(installation: Installation): Logger
}

/** Milliseconds before the end of a token in which another one is asked for already. */
const early = 60_000
/** Milliseconds between two looks at what another process does. */
const patience = 250

/**
 * The access that installations have to their platforms: kept in the vault, refreshed as it expires, by one process at a time
 * and once in it. A platform that gives a new refresh token with each use would take two uses of one for a theft.
 */
export class Authorizations {
  readonly #services: AuthorizationServices
  /** What is kept, as far as this process knows, by alias; undefined where nothing is. */
  readonly #known = new Map<string, OAuthTokens | undefined>()
  readonly #hidden = new Map<string, readonly (() => void)[]>()
  readonly #refreshing = new Map<string, Promise<string>>()

  constructor(services: AuthorizationServices) {
    this.#services = services
  }

  /** Looks what is kept for installations: another process may have been given access, or have lost it. */
  async follow(installations: Iterable<Installation>): Promise<void> {
    const asking = [...installations].filter(asksForAccess)
    if (asking.length === 0) return
    const values = await this.#services.vault.values()
    for (const installation of asking) {
      const kept = values.find(({ owner, name }) => owner === installation.alias && name === tokensName)?.value
      const tokens = this.#know(installation, kept === undefined ? undefined : tokensFromText(kept))
      await this.#judge(installation, tokens)
    }
  }

  /**
   * The access token of an installation.
   * @throws {PlugboardError} with the code `authorization_needed`, or why the platform cannot be asked for another one.
   */
  async accessToken(
    installation: Installation,
    { insteadOf }: { insteadOf?: string | undefined } = {},
  ): Promise<string> {
    const { alias } = installation
    demandOAuth(installation)
    const platform = await this.platformOf(installation)
    const known = this.#known.get(alias)
    if (known?.subject === platform.subject && this.#isFresh(known, insteadOf)) return known.accessToken as string
    const refreshing = this.#refreshing.get(alias) ?? this.#refreshed(installation, platform, insteadOf)
    this.#refreshing.set(alias, refreshing)
    try {
      const token = await refreshing
      // What somebody else was waiting for may be what this one has found to be refused.
      return token === insteadOf ? await this.#refreshed(installation, platform, insteadOf) : token
    } finally {
      if (this.#refreshing.get(alias) === refreshing) this.#refreshing.delete(alias)
    }
  }

  /** The OAuth 2 of the platform of an installation. */
  platformOf(installation: Installation): Promise<OAuthPlatform> {
    return OAuthPlatform.of(installation, this.#services.mask)
  }

  /** Keeps the access that somebody has given. */
  async keep(installation: Installation, { subject }: OAuthPlatform, given: GivenTokens): Promise<void> {
    const tokens = this.#tokensFrom(given, subject)
    await this.#alone(installation, async (claim) => {
      await this.#save(installation, tokens, claim)
      return {}
    })
    installation.authorization = authorized
  }

  /**
   * Gives back the access that somebody has given: has the platform take it back, where it can be asked to, and throws the tokens
   * away. Gives whether the platform took it back.
   * @throws {PlugboardError} that says why the platform cannot be asked; the tokens are kept then.
   */
  async revoke(installation: Installation): Promise<boolean> {
    demandOAuth(installation)
    const platform = await this.platformOf(installation)
    const { vault, stopping } = this.#services
    const outcome = await this.#alone(installation, async (claim) => {
      const kept = await vault.get(installation.alias, tokensName)
      const tokens = this.#know(installation, kept === undefined ? undefined : tokensFromText(kept))
      const token = tokens?.refreshToken ?? tokens?.accessToken
      if (!tokens || token === undefined) return { why: this.#whyNot(tokens, platform.subject), isTaken: false }
      // To another client it is none that it could give back.
      const isTaken = tokens.subject === platform.subject && (await platform.revoke(token, stopping))
      const why = 'the access was given back'
      const nothing = { accessToken: undefined, refreshToken: undefined, expiresAt: undefined }
      await this.#save(installation, { ...tokens, ...nothing, refused: why }, claim)
      return { why, isTaken }
    })
    installation.authorization = needed(outcome.why ?? 'nobody has given it access yet')
    return outcome.isTaken
  }

  /** Looks again what is kept, and asks for another token if it is needed. */
  async #refreshed(
    installation: Installation,
    platform: OAuthPlatform,
    insteadOf: string | undefined,
  ): Promise<string> {
    const { alias } = installation
    const { vault, stopping, loggerOf, clock } = this.#services
    const outcome = await this.#alone(installation, async (claim): Promise<{ token: string } | { why: string }> => {
      const kept = await vault.get(alias, tokensName)
      const tokens = this.#know(installation, kept === undefined ? undefined : tokensFromText(kept))
      const why = this.#whyNot(tokens, platform.subject)
      if (!tokens || why !== undefined) return { why: why as string }
      if (this.#isFresh(tokens, insteadOf)) return { token: tokens.accessToken as string }
      const refuse = async (refused: string): Promise<{ why: string }> => {
        const nothing = { accessToken: undefined, refreshToken: undefined, expiresAt: undefined }
        await this.#save(installation, { ...tokens, ...nothing, refused }, claim)
        return { why: refused }
      }
      if (tokens.refreshToken === undefined)
        return refuse('the access has expired or was taken back, and the platform gave nothing to renew it with')
      try {
        const given = await platform.refresh(tokens.refreshToken, stopping)
        if (typeof given === 'string') return await refuse(`the access was taken back: ${given}`)
        const next = this.#tokensFrom(given, platform.subject)
        await this.#save(installation, { ...next, refreshToken: next.refreshToken ?? tokens.refreshToken }, claim)
        return { token: given.accessToken }
      } catch (error) {
        const isUsable = tokens.accessToken !== insteadOf && (tokens.expiresAt ?? 0) > clock.now()
        if (!isUsable || !PlugboardError.isInstance(error) || !error.retryable) throw error
        loggerOf(installation).warn('the access token could not be refreshed before its time, and is used on', {
          error,
        })
        return { token: tokens.accessToken as string }
      }
    })
    if ('token' in outcome) {
      installation.authorization = authorized
      return outcome.token
    }
    installation.authorization = needed(outcome.why)
    throw new PlugboardError({
      code: 'authorization_needed',
      message: `installation '${alias}' has no access to its platform: ${outcome.why}`,
      where: { integration: alias },
    })
  }

  /** Does something that one process alone may do at a time, and once in it: waits until it may. */
  async #alone<T extends object>({ alias }: Installation, work: (claim: Claim) => Promise<T>): Promise<T> {
    const { store, clock, stopping, worker } = this.#services
    for (;;) {
      const done = await underLease({ store, worker: worker() }, `oauth ${alias}`, work)
      if (done) return done
      await clock.sleep(patience, stopping)
    }
  }

  async #judge(installation: Installation, tokens: OAuthTokens | undefined): Promise<void> {
    try {
      const { subject } = await this.platformOf(installation)
      const why = this.#whyNot(tokens, subject)
      installation.authorization = why === undefined ? authorized : needed(why)
    } catch (error) {
      if (!PlugboardError.isInstance(error)) throw error
      installation.authorization = needed(error.message)
    }
  }

  /** Why what is kept gives no access. */
  #whyNot(tokens: OAuthTokens | undefined, subject: string): string | undefined {
    if (!tokens) return 'nobody has given it access yet'
    if (tokens.subject !== subject) return 'the access was given to another client'
    return tokens.refused
  }

  #isFresh({ accessToken, refreshToken, expiresAt }: OAuthTokens, insteadOf: string | undefined): boolean {
    if (accessToken === undefined || accessToken === insteadOf) return false
    // One that cannot be renewed is used to its end.
    const margin = refreshToken === undefined ? 0 : early
    return expiresAt === undefined || expiresAt - margin > this.#services.clock.now()
  }

  #tokensFrom({ accessToken, refreshToken, lifetime }: GivenTokens, subject: string): OAuthTokens {
    const expiresAt = lifetime === undefined ? undefined : this.#services.clock.now() + lifetime
    return { subject, accessToken, refreshToken, expiresAt, refused: undefined }
  }

  async #save(installation: Installation, tokens: OAuthTokens, claim: Claim): Promise<void> {
    // Hidden before anything can fail, and tell of it.
    this.#know(installation, tokens)
    await this.#services.vault.set(installation.alias, tokensName, tokensToText(tokens), claim)
  }

  #know({ alias }: Installation, tokens: OAuthTokens | undefined): OAuthTokens | undefined {
    const secrets = secretsOf(tokens)
    if (secrets.join() !== secretsOf(this.#known.get(alias)).join()) {
      // What was replaced is of use for a while yet; what was replaced before that is not.
      const [last = () => {}, beforeLast] = this.#hidden.get(alias) ?? []
      this.#hidden.set(alias, [this.#services.mask.hide(...secrets), last])
      beforeLast?.()
    }
    this.#known.set(alias, tokens)
    return tokens
  }
}

/** Whether somebody has to give an installation access. */
export const asksForAccess = (installation: Installation): boolean =>
  usesOAuth(installation) && installation.inactive === undefined

/** @throws {PlugboardError} with the code `oauth_undeclared`, if an installation is not given access by OAuth. */
export function demandOAuth(installation: Installation): void {
  if (usesOAuth(installation)) return
  const { alias, definition, configurationType } = installation
  const { configurations } = definition.oauth ?? {}
  throw new PlugboardError({
    code: 'oauth_undeclared',
    message: configurations
      ? `integration '${definition.name}' declares \`oauth\` for the configurations ${configurations.map((name) => `'${name}'`).join(', ')}, and '${alias}' is configured as '${configurationType ?? 'default'}'`
      : `integration '${definition.name}' declares no \`oauth\``,
    where: { integration: alias },
  })
}

function usesOAuth({ definition, configurationType }: Installation): boolean {
  const { oauth } = definition
  return oauth !== undefined && (oauth.configurations?.includes(configurationType ?? 'default') ?? true)
}
