import { randomBytes } from 'node:crypto'
import { PlugboardError } from '../../errors/index.ts'
import type { Secret } from '../../security/index.ts'
import type { SealedSecret, SecretStore, WrappedKey } from '../ports/secret-store.ts'
import type { Claim } from '../ports/claim.ts'
import { newId } from '../new-id.ts'
import { keyBytes, keyVariable } from './master-key.ts'
import { type Place, seal, type SealKey, unseal } from './seal.ts'

/** A secret that is kept, without its value. */
export type SecretReport = Pick<SealedSecret, 'owner' | 'name' | 'updatedAt'>

const placeOf = ({ owner, name }: Pick<SealedSecret, 'owner' | 'name'>): Place => [
  'secrets',
  JSON.stringify([owner, name]),
  'sealed',
]
const placeOfKey = (id: string): Place => ['secret_keys', id, 'wrapped']

/**
 * The secrets that a store keeps. They are sealed by keys of its own, which are sealed by the master key; that one is
 * never in the store.
 */
export class Vault {
  readonly #store: SecretStore
  #master: SealKey | undefined
  #keys: ReadonlyMap<string, SealKey> = new Map()

  private constructor(store: SecretStore, master: Secret | undefined) {
    this.#store = store
    this.#master = master && keyBytes(master)
  }

  /**
   * Opens the secrets of a store. Without a master key there must be none.
   * @throws {PlugboardError} with the code `secret_key_missing` or `secret_key_wrong`.
   */
  static async open(store: SecretStore, master: Secret | undefined): Promise<Vault> {
    const vault = new Vault(store, master)
    await vault.#load()
    return vault
  }

  /** The secrets that are kept, by owner and name. */
  async list(): Promise<readonly SecretReport[]> {
    const { secrets } = await this.#store.getSealed()
    return secrets.map(({ owner, name, updatedAt }) => ({ owner, name, updatedAt }))
  }

  /** The values of all secrets, by owner and name. */
  async values(): Promise<readonly { readonly owner: string; readonly name: string; readonly value: string }[]> {
    const { secrets } = await this.#load()
    return secrets.map((secret) => ({ owner: secret.owner, name: secret.name, value: this.#open(secret) }))
  }

  /** The value of a secret; undefined if there is none. */
  async get(owner: string, name: string): Promise<string | undefined> {
    return (await this.values()).find((secret) => secret.owner === owner && secret.name === name)?.value
  }

  /**
   * Keeps a secret, in the place of the one that was there.
   * @param claim Where only its holder may keep it.
   */
  async set(owner: string, name: string, value: string, claim?: Claim): Promise<void> {
    this.demandKey()
    // Another process may give the store other keys meanwhile.
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await this.#load()
      if (this.#keys.size === 0) await this.#addKey()
      const [id, key] = [...this.#keys].at(-1) as [string, SealKey]
      const sealed = `${id}:${seal(Buffer.from(value), key, placeOf({ owner, name }))}`
      if (await this.#store.putSecret({ owner, name, sealed }, id, claim)) return
    }
    throw changedMeanwhile()
  }

  /**
   * Demands that secrets can be kept.
   * @throws {PlugboardError} with the code `secret_key_missing`.
   */
  demandKey(): void {
    this.#demandMaster()
  }

  /** Gives false if there is none. */
  async delete(owner: string, name: string): Promise<boolean> {
    return this.#store.deleteSecret(owner, name)
  }

  /**
   * Seals everything anew, by a new key of the store and under another master key, or the same. Gives how many secrets
   * there were. Afterwards the old master key opens nothing.
   * @throws {PlugboardError} with the code `secrets_changed`, if somebody changed a secret meanwhile; nothing is done then.
   */
  async reseal(master: Secret): Promise<number> {
    this.#demandMaster()
    const before = await this.#load()
    const next = keyBytes(master)
    const { id, key, wrapped } = newKey(next)
    const secrets = before.secrets.map((secret) => ({
      ...secret,
      sealed: `${id}:${seal(Buffer.from(this.#open(secret)), key, placeOf(secret))}`,
    }))
    if (!(await this.#store.replaceSealed(before, { keys: [{ id, wrapped }], secrets }))) throw changedMeanwhile()
    this.#master = next
    await this.#load()
    return secrets.length
  }

  /** Reads the keys of the store, each of which is the canary of the master key: another one does not open it. */
  async #load(): ReturnType<SecretStore['getSealed']> {
    const sealed = await this.#store.getSealed()
    if (sealed.keys.length > 0) this.#demandMaster()
    this.#keys = new Map(sealed.keys.map((key) => [key.id, this.#unwrap(key)]))
    return sealed
  }

  #unwrap({ id, wrapped }: WrappedKey): SealKey {
    try {
      return unseal(wrapped, this.#demandMaster(), placeOfKey(id))
    } catch (cause) {
      throw new PlugboardError({
        code: 'secret_key_wrong',
        message: `${keyVariable} is not the key by which the secrets of this store are sealed`,
        cause,
      })
    }
  }

  async #addKey(): Promise<void> {
    const { id, key, wrapped } = newKey(this.#demandMaster())
    await this.#store.addSecretKey({ id, wrapped })
    this.#keys = new Map([...this.#keys, [id, key]])
  }

  #open(secret: SealedSecret): string {
    const end = secret.sealed.indexOf(':')
    const key = this.#keys.get(secret.sealed.slice(0, end))
    if (!key)
      throw new PlugboardError({
        code: 'secret_unreadable',
        message: `the key of the secret ${secret.owner} ${secret.name} is not in the store`,
      })
    return unseal(secret.sealed.slice(end + 1), key, placeOf(secret)).toString()
  }

  #demandMaster(): SealKey {
    if (this.#master) return this.#master
    throw new PlugboardError({
      code: 'secret_key_missing',
      message: `secrets are kept sealed, and the key is missing: set ${keyVariable}, or ${keyVariable}_FILE to a file that has it`,
    })
  }
}

function newKey(master: SealKey): WrappedKey & { readonly key: SealKey } {
  const id = newId(Date.now())
  const key = randomBytes(32)
  return { id, key, wrapped: seal(key, master, placeOfKey(id)) }
}

const changedMeanwhile = (): PlugboardError =>
  new PlugboardError({
    code: 'secrets_changed',
    message: 'secrets were changed by another process meanwhile; try again',
    retryable: true,
  })
