import { PlugboardError } from '../../errors/index.ts'
import type { Claim, Store } from '../ports/store.ts'

/** What does something that one process alone may do. */
export interface Lessee {
  readonly store: Store
  /** The name of this process among those that share the store. */
  readonly worker: string
}

/** Does work that one process alone may do at a time. Gives undefined where another one is at it, or has taken it over. */
export async function underLease<T extends object>(
  { store, worker }: Lessee,
  lane: string,
  work: (claim: Claim) => Promise<T>,
): Promise<T | undefined> {
  const claim = await store.claim(lane, worker)
  if (!claim) return undefined
  try {
    return await work(claim)
  } catch (error) {
    if (PlugboardError.isInstance(error) && error.code === 'lease_lost') return undefined
    throw error
  } finally {
    // One that cannot be given back ends with the process, or with the lease.
    await store.release(claim).catch(() => false)
  }
}
