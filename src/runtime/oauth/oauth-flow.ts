import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { PlugboardError } from '../../errors/index.ts'
import type { WebhookRequest, WebhookResponse } from '../../implementation/request.ts'
import type { BotCore } from '../bot/core.ts'
import type { Installation } from '../composition/installation.ts'
import { inPath, sharedUrl } from '../identification/shared-path.ts'
import type { Registrar } from '../integrations/registrar.ts'
import { asksForAccess, demandOAuth } from './authorizations.ts'
import { page, pageHeaders } from './page.ts'

/** A link by which somebody can give an installation access to its platform, once. */
export interface AuthorizationLink {
  readonly url: string
  /** Until when it can be opened: ISO 8601, in UTC. */
  readonly expiresAt: string
}

/** Milliseconds. */
const linkLifetime = 3_600_000
const stateLifetime = 600_000

const paths = { start: '/oauth/start', callback: '/oauth/callback' }

/**
 * How somebody gives an installation access to an account on its platform. An operator asks for a link; whoever opens it is
 * sent to the platform with a state that is of use once, soon, in the same browser and for this installation; what that person
 * brings back is turned into tokens, with a verifier (PKCE) that is made of what only that browser holds. So nothing that is
 * kept meanwhile is secret.
 */
export class OAuthFlow {
  readonly #core: BotCore
  readonly #registrar: Registrar

  constructor(core: BotCore, registrar: Registrar) {
    this.#core = core
    this.#registrar = registrar
  }

  /**
   * A link for an installation. Whoever has it can give the installation access to an account of theirs.
   * @throws {PlugboardError} with the code `oauth_undeclared`, `installation_inactive`, `oauth_invalid` or `secret_key_missing`.
   */
  async link(installation: Installation): Promise<AuthorizationLink> {
    const { alias, definition, inactive } = installation
    const where = { integration: alias }
    demandOAuth(installation)
    if (inactive !== undefined)
      throw new PlugboardError({
        code: 'installation_inactive',
        message: `integration '${alias}' is not active: ${inactive}`,
        where,
      })
    await this.#core.authorizations.platformOf(installation)
    // Nobody is sent away for what could not be kept.
    this.#core.vault.demandKey()
    const ticket = newSecret()
    await this.#core.store.putFlow({ id: hashOf(ticket), kind: 'link', alias, browser: undefined }, linkLifetime)
    const url = `${sharedUrl(this.#core.url, definition.name)}${paths.start}?link=${ticket}`
    return { url, expiresAt: new Date(this.#core.clock.now() + linkLifetime).toISOString() }
  }

  /** Answers whoever is on the way; undefined where a request is not about that. */
  async answer(segment: string, request: WebhookRequest): Promise<WebhookResponse | undefined> {
    const { path, method } = request
    if (path !== paths.start && path !== paths.callback) return undefined
    const asking = [...this.#core.installations.values()].filter(
      (installation) => asksForAccess(installation) && inPath(installation.definition.name) === segment,
    )
    if (asking.length === 0) return undefined
    // What only looks whether there is something must not use it up.
    if (method !== 'GET') return { status: 405, headers: { allow: 'GET' } }
    const find = (alias: string | undefined): Installation | undefined =>
      asking.find((installation) => installation.alias === alias)
    try {
      return path === paths.start ? await this.#start(find, request) : await this.#callback(find, request)
    } catch (error) {
      return this.#refusal(segment, error)
    }
  }

  async #start(find: Find, { query }: WebhookRequest): Promise<WebhookResponse> {
    const { store, url } = this.#core
    const ticket = new URLSearchParams(query).get('link') ?? ''
    const installation = find((await store.takeFlow(hashOf(ticket), 'link'))?.alias)
    if (!installation)
      throw new PlugboardError({
        code: 'authorization_link_invalid',
        message: 'the link is wrong, too old or was opened before; ask for another one',
      })
    const platform = await this.#core.authorizations.platformOf(installation)
    const [state, browser] = [newSecret(), newSecret()]
    const id = hashOf(state)
    await store.putFlow({ id, kind: 'state', alias: installation.alias, browser: hashOf(browser) }, stateLifetime)
    const redirectUri = this.#redirectUri(installation)
    const location = await platform.authorizationUrl({ redirectUri, state, verifier: verifierOf(browser, state) })
    const secure = url.startsWith('https:') ? '; Secure' : ''
    const cookie = `${cookieOf(id)}=${browser}; Path=${new URL(redirectUri).pathname}; Max-Age=${stateLifetime / 1000}; HttpOnly; SameSite=Lax${secure}`
    return { status: 302, headers: { ...pageHeaders, location, 'set-cookie': cookie } }
  }

  async #callback(find: Find, { query, headers, signal }: WebhookRequest): Promise<WebhookResponse> {
    const { store, authorizations, stopping } = this.#core
    const brought = new URLSearchParams(query)
    const state = brought.get('state') ?? ''
    const id = hashOf(state)
    const flow = await store.takeFlow(id, 'state')
    const installation = find(flow?.alias)
    const browser = cookieIn(headers['cookie'], cookieOf(id))
    if (!flow || !installation || browser === undefined || !equal(hashOf(browser), flow.browser ?? ''))
      throw new PlugboardError({
        code: 'authorization_state_invalid',
        message:
          'this was not begun in this browser, too long ago, or was done before; ask for another link and open it here',
      })
    const platform = await authorizations.platformOf(installation)
    const redirectUri = this.#redirectUri(installation)
    const request = { redirectUri, state, verifier: verifierOf(browser, state) }
    const given = await platform.exchange(brought, request, AbortSignal.any([signal, stopping.signal]))
    await authorizations.keep(installation, platform, given)
    this.#core.loggerOf(installation).info('the installation was given access to its platform')
    await this.#registrar.retry(installation)
    const { registration } = installation
    const problem =
      registration?.status === 'failed' ? ` It could not be registered yet: ${registration.failure?.code}.` : ''
    const gone = `${cookieOf(id)}=; Path=${new URL(redirectUri).pathname}; Max-Age=0; HttpOnly; SameSite=Lax`
    return page(
      200,
      'Access was given',
      `The bot has access for '${installation.alias}'.${problem} You can close this page.`,
      {
        'set-cookie': gone,
      },
    )
  }

  /** Says what went wrong, to whoever is on the way and to the log: neither has a secret in it. */
  #refusal(segment: string, error: unknown): WebhookResponse {
    const { loggerFor, mask } = this.#core
    loggerFor({}).warn(`access to the platform of integration '${segment}' could not be given`, { error })
    if (!PlugboardError.isInstance(error))
      return page(500, 'No access was given', '[internal] the request could not be handled')
    return page(
      statuses[error.code] ?? (error.retryable ? 503 : 502),
      'No access was given',
      mask.text(`[${error.code}] ${error.message}`),
    )
  }

  #redirectUri({ definition }: Installation): string {
    return `${sharedUrl(this.#core.url, definition.name)}${paths.callback}`
  }
}

type Find = (alias: string | undefined) => Installation | undefined

const statuses: Partial<Record<PlugboardError['code'], number>> = {
  authorization_link_invalid: 400,
  authorization_state_invalid: 400,
  authorization_denied: 403,
  oauth_invalid: 500,
  secret_key_missing: 500,
}

/** 256 bits, in 43 characters that are safe in addresses and cookies, and what a verifier may be. */
const newSecret = (): string => randomBytes(32).toString('base64url')
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
const verifierOf = (browser: string, state: string): string =>
  createHmac('sha256', browser).update(`verifier ${state}`).digest('base64url')

/** Whoever is on the way twice in one browser has a cookie for each. */
const cookieOf = (id: string): string => `plugboard-oauth-${id.slice(0, 16)}`

function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}

function equal(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}
