import type { Claim } from './claim.ts'

/** A secret, as nobody can read it who has not the key. */
export interface SealedSecret {
  /** The alias of the installation or plugin that it belongs to, or `bot`. */
  readonly owner: string
  readonly name: string
  readonly sealed: string
  /** ISO 8601, in UTC. */
  readonly updatedAt: string
}

/** A key by which secrets are sealed, itself sealed by a key that is not in the store. */
export interface WrappedKey {
  readonly id: string
  readonly wrapped: string
}

/** The keys and secrets of a store, all of them: they are few. */
export interface Sealed {
  /** The oldest first; the last one seals what is new. */
  readonly keys: readonly WrappedKey[]
  /** By owner and name. */
  readonly secrets: readonly SealedSecret[]
}

/** Where secrets are kept, sealed. */
export interface SecretStore {
  getSealed(): Promise<Sealed>
  addSecretKey(key: WrappedKey): Promise<void>
  /**
   * Keeps a secret in the place of the one that was there. Gives false, and does nothing, if the key that it is sealed by
   * is no longer there.
   * @param claim Where only its holder may keep it.
   */
  putSecret(secret: Omit<SealedSecret, 'updatedAt'>, key: string, claim?: Claim): Promise<boolean>
  /** Gives false if there is none. */
  deleteSecret(owner: string, name: string): Promise<boolean>
  /** Puts other keys and secrets in the place of all. Gives false, and does nothing, if they are no longer what they were. */
  replaceSealed(before: Sealed, after: Sealed): Promise<boolean>
}
