/** A step of giving an installation access to its platform, which somebody is about to take. */
export interface OAuthFlow {
  /** The hash of what whoever takes the step shows. */
  readonly id: string
  /** `link`: to begin; `state`: to come back. */
  readonly kind: 'link' | 'state'
  /** The installation. */
  readonly alias: string
  /** The hash of what the browser holds that began; undefined for a link. */
  readonly browser: string | undefined
}

/** Where it is kept who is about to give access. */
export interface OAuthStore {
  /** @param lifetime For how many milliseconds it is kept. */
  putFlow(flow: OAuthFlow, lifetime: number): Promise<void>
  /** Gives a step to the first who asks, and to nobody else; undefined if there is none, or it was too long ago. */
  takeFlow(id: string, kind: OAuthFlow['kind']): Promise<OAuthFlow | undefined>
}
