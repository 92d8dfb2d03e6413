/** The access that somebody gave an installation, as it is kept, sealed. */
export interface OAuthTokens {
  /** To whom it was given: the integration, its client and where tokens come from. */
  readonly subject: string
  /** Undefined once the platform has taken the access back. */
  readonly accessToken: string | undefined
  readonly refreshToken: string | undefined
  /** Milliseconds since 1970; undefined where the platform does not say. */
  readonly expiresAt: number | undefined
  /** Why there is no access any more. */
  readonly refused: string | undefined
}

/** The name under which the secrets of a store have it: that of a secret which somebody declares is in capitals. */
export const tokensName = 'oauth'

export const tokensToText = (tokens: OAuthTokens): string => JSON.stringify(tokens)

export const tokensFromText = (text: string): OAuthTokens => JSON.parse(text) as OAuthTokens

/** The parts of it that nobody may see. */
export const secretsOf = (tokens: OAuthTokens | undefined): readonly string[] =>
  [tokens?.accessToken, tokens?.refreshToken].filter((secret) => secret !== undefined)
