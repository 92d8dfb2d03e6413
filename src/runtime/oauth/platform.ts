import type * as Library from 'oauth4webapi'
import type { OAuthProps } from '../../definition/integration-definition.ts'
import { isSafeAddress } from '../../definition/validation/check-oauth.ts'
import { PlugboardError, type Where } from '../../errors/index.ts'
import type { OAuthClient } from '../../implementation/integration-handlers.ts'
import type { Installation } from '../composition/installation.ts'
import type { SecretMask } from '../secrets/secret-mask.ts'

/** Milliseconds that a platform has to give tokens. */
const timeout = 30_000

/** What a platform gave. */
export interface GivenTokens {
  readonly accessToken: string
  readonly refreshToken: string | undefined
  /** Milliseconds from now; undefined where the platform does not say. */
  readonly lifetime: number | undefined
}

/** How somebody is sent to the platform, and comes back. */
export interface AuthorizationRequest {
  readonly redirectUri: string
  readonly state: string
  /** What shows that whoever comes back is whoever was sent. */
  readonly verifier: string
}

type KnownClient = OAuthClient & { readonly clientId: string }

/** The OAuth 2 of a platform, as one installation speaks it. */
export class OAuthPlatform {
  readonly subject: string
  readonly #declared: OAuthProps
  readonly #client: KnownClient
  readonly #where: Where
  readonly #mask: SecretMask

  private constructor(installation: Installation, client: KnownClient, mask: SecretMask) {
    this.#declared = installation.definition.oauth as OAuthProps
    this.#client = client
    this.#mask = mask
    this.#where = { integration: installation.alias }
    this.subject = JSON.stringify([installation.definition.name, client.clientId, this.#tokenUrl])
  }

  /** @throws {PlugboardError} with the code `oauth_invalid`. */
  static async of(installation: Installation, mask: SecretMask): Promise<OAuthPlatform> {
    const { alias, configuration, configurationType = null, secrets, handlers } = installation
    const ctx = { configuration, configurationType, secrets, integrationAlias: alias, integrationId: installation.id }
    const asked = handlers?.oauth as ((props: object) => OAuthClient | Promise<OAuthClient>) | undefined
    const client = await asked?.({ ctx, configuration })
    const invalid = (message: string): PlugboardError =>
      new PlugboardError({ code: 'oauth_invalid', message, where: { integration: alias } })
    const clientId = client?.clientId
    if (!client || typeof clientId !== 'string' || clientId === '')
      throw invalid(`\`oauth\` of integration '${alias}' gives no client id`)
    for (const name of ['authorizationUrl', 'tokenUrl', 'revocationUrl'] as const)
      if (client[name] !== undefined && !isSafeAddress(client[name]))
        throw invalid(`\`oauth\` of integration '${alias}' gives a ${name} that is no https address`)
    if (client.clientSecret !== undefined) mask.add(client.clientSecret)
    else if (installation.definition.oauth?.pkce === false)
      throw invalid(`\`oauth\` of integration '${alias}' gives no client secret, which it needs without PKCE`)
    return new OAuthPlatform(installation, { ...client, clientId }, mask)
  }

  /** Where to send whoever is asked for access. */
  async authorizationUrl({ redirectUri, state, verifier }: AuthorizationRequest): Promise<string> {
    const { calculatePKCECodeChallenge } = await library()
    const { parameters = {}, scopes: declared = [], scopeSeparator = ' ' } = this.#declared
    const { scopes = declared } = this.#client
    const url = new URL(this.#client.authorizationUrl ?? this.#declared.authorizationUrl)
    const asked = {
      ...parameters,
      ...(scopes.length > 0 && { scope: scopes.join(scopeSeparator) }),
      // Last, so that nothing takes their place.
      response_type: 'code',
      client_id: this.#client.clientId,
      redirect_uri: redirectUri,
      state,
    }
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
    for (const name of ['code_challenge', 'code_challenge_method']) url.searchParams.delete(name)
    if (this.#pkce) {
      url.searchParams.set('code_challenge', await calculatePKCECodeChallenge(verifier))
      url.searchParams.set('code_challenge_method', 'S256')
    }
    return url.href
  }

  /**
   * Turns what somebody brought back into tokens.
   * @throws {PlugboardError} with the code `authorization_denied`, `authorization_failed`, or why the platform cannot be asked.
   */
  async exchange(
    brought: URLSearchParams,
    { redirectUri, state, verifier }: AuthorizationRequest,
    signal: AbortSignal,
  ): Promise<GivenTokens> {
    const oauth = await library()
    const parameters = new URLSearchParams(brought)
    // Without a name to compare it with it says nothing.
    if (this.#issuer === undefined) parameters.delete('iss')
    const show = this.#mask.hide(verifier, parameters.get('code') ?? '')
    try {
      const valid = oauth.validateAuthResponse(this.#server, this.#party, parameters, state)
      const response = await oauth.authorizationCodeGrantRequest(
        this.#server,
        this.#party,
        this.#authentication(oauth),
        valid,
        redirectUri,
        this.#pkce ? verifier : oauth.nopkce,
        this.#options(oauth, signal),
      )
      return given(await oauth.processAuthorizationCodeResponse(this.#server, this.#party, response, this.#types))
    } catch (error) {
      throw this.#failure(error, 'authorization_failed')
    } finally {
      show()
    }
  }

  /**
   * Asks for other tokens. Gives text where the platform says that the access was taken back: what it says.
   * @throws {PlugboardError} that says why the platform cannot be asked.
   */
  async refresh(refreshToken: string, signal: AbortSignal): Promise<GivenTokens | string> {
    const oauth = await library()
    try {
      const response = await oauth.refreshTokenGrantRequest(
        this.#server,
        this.#party,
        this.#authentication(oauth),
        refreshToken,
        this.#options(oauth, signal),
      )
      return given(await oauth.processRefreshTokenResponse(this.#server, this.#party, response, this.#types))
    } catch (error) {
      const failure = this.#failure(error, 'vendor_refused')
      if (error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant') return failure.message
      throw failure
    }
  }

  /**
   * Has the platform take back a token, and all that was given with it. Gives whether the platform can be asked to.
   * @throws {PlugboardError} that says why the platform cannot be asked.
   */
  async revoke(token: string, signal: AbortSignal): Promise<boolean> {
    if (this.#revocationUrl === undefined) return false
    const oauth = await library()
    try {
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(
          this.#server,
          this.#party,
          this.#authentication(oauth),
          token,
          this.#options(oauth, signal),
        ),
      )
      return true
    } catch (error) {
      throw this.#failure(error, 'vendor_refused', 'did not take the access back')
    }
  }

  get #revocationUrl(): string | undefined {
    return this.#client.revocationUrl ?? this.#declared.revocationUrl
  }

  get #pkce(): boolean {
    return this.#declared.pkce ?? true
  }

  get #tokenUrl(): string {
    return this.#client.tokenUrl ?? this.#declared.tokenUrl
  }

  get #issuer(): string | undefined {
    return this.#client.issuer ?? this.#declared.issuer
  }

  get #server(): Library.AuthorizationServer {
    const issuer = this.#issuer
    return {
      issuer: issuer ?? new URL(this.#tokenUrl).origin,
      token_endpoint: this.#tokenUrl,
      ...(this.#revocationUrl !== undefined && { revocation_endpoint: this.#revocationUrl }),
      authorization_response_iss_parameter_supported: issuer !== undefined,
    }
  }

  get #party(): Library.Client {
    return { client_id: this.#client.clientId }
  }

  get #types(): Library.ProcessTokenResponseOptions {
    const types = this.#declared.tokenTypes ?? []
    return { recognizedTokenTypes: Object.fromEntries(types.map((type) => [type.toLowerCase(), () => {}])) }
  }

  #authentication(oauth: typeof Library): Library.ClientAuth {
    const { clientSecret } = this.#client
    const { clientAuthentication = clientSecret === undefined ? 'none' : 'basic' } = this.#declared
    if (clientSecret === undefined || clientAuthentication === 'none') return oauth.None()
    return clientAuthentication === 'basic'
      ? oauth.ClientSecretBasic(clientSecret)
      : oauth.ClientSecretPost(clientSecret)
  }

  #options(oauth: typeof Library, signal: AbortSignal): Library.TokenEndpointRequestOptions {
    return {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      // Addresses are looked at when they are declared: those of http are of this machine.
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: fetchTokens,
    }
  }

  /**
   * Why there are no tokens, in words of ours. What the library throws holds the whole answer, tokens and all, so it is no cause.
   */
  #failure(
    error: unknown,
    refused: 'authorization_failed' | 'vendor_refused',
    what = 'gave no tokens',
  ): PlugboardError {
    if (PlugboardError.isInstance(error)) return error
    const { name, error: code, error_description: description, status, code: kind } = error as LibraryError
    const said = [code, description].filter((text) => typeof text === 'string').join(': ')
    const told = this.#mask.text(said.replaceAll(/[^\x20-\x7E]/g, ' ').slice(0, 300))
    const make = (of: PlugboardError['code'], message: string, retryable = false): PlugboardError =>
      new PlugboardError({ code: of, message, retryable, where: this.#where })
    if (kind === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR')
      return code === 'access_denied'
        ? make('authorization_denied', 'whoever was asked for access did not give it')
        : make('authorization_failed', `the platform gave no access: ${told}`)
    if (status !== undefined && status >= 500)
      return make('vendor_unavailable', `the platform ${what}: it answered with ${status}`, true)
    if (status === 429) return make('vendor_rate_limited', `the platform ${what}: it asks to wait`, true)
    if (code === 'invalid_client' || code === 'unauthorized_client')
      return make('vendor_unauthorized', `the platform does not know the client: ${told}`)
    if (told !== '') return make(refused, `the platform ${what}: ${told}`)
    if (kind?.startsWith('OAUTH_'))
      return make(refused, `the platform ${what}: its answer is none that there should be`)
    return make('vendor_unavailable', `the platform ${what}: it cannot be reached (${name})`, true)
  }
}

/** What errors of the library carry. */
interface LibraryError {
  readonly name: string
  readonly code?: string
  readonly error?: string
  readonly error_description?: string
  readonly status?: number
}

let loading: Promise<typeof Library> | undefined
/** Loaded by those who speak it. */
function library(): Promise<typeof Library> {
  loading ??= import('oauth4webapi')
  return loading
}

/**
 * Asks for tokens. An identity that comes with them is left out: who somebody is is not asked, and it would have to be checked. An
 * answer that is neither tokens nor a refusal as the standard has it is told by its status.
 */
async function fetchTokens(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...options, redirect: 'error' })
  const { status } = response
  if (status >= 500 || status === 429) {
    await response.body?.cancel()
    throw Object.assign(new Error('no tokens'), { status })
  }
  const text = await response.text()
  const headers = { 'content-type': response.headers.get('content-type') ?? 'application/json' }
  try {
    const { id_token: _, ...rest } = JSON.parse(text) as Record<string, unknown>
    // Some platforms refuse with a status that says that all is well.
    const refuses = status === 200 && typeof rest['error'] === 'string' && rest['access_token'] === undefined
    return Response.json(rest, { status: refuses ? 400 : status, headers: { 'content-type': 'application/json' } })
  } catch {
    return new Response(text, { status, headers })
  }
}

function given({ access_token, refresh_token, expires_in }: Library.TokenEndpointResponse): GivenTokens {
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    lifetime: expires_in === undefined ? undefined : expires_in * 1000,
  }
}
