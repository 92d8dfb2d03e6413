import { PlugboardError } from '../../errors/index.ts'
import type { Claim } from '../ports/claim.ts'
import type { Store } from '../ports/store.ts'

/** What does something that one process alone may do. */
export interface Lessee {
  readonly store: Store
  /** The name of this process among those that share the store. */
  readonly worker: string
}

/** What is at work in this process: a claim tells processes apart, and nothing within one. */
const busy = new Set<string>()

/**
 * Does work that one process alone may do at a time, and once in it. Gives undefined where it is being done
 * already, or was taken over by another one.
 */
export async function underLease<T extends object>(
  { store, worker }: Lessee,
  lane: string,
  work: (claim: Claim) => Promise<T>,
): Promise<T | undefined> {
  const own = `${worker} ${lane}`
  if (busy.has(own)) return undefined
  busy.add(own)
  let claim: Claim | undefined
  try {
    claim = await store.claim(lane, worker)
    return claim && (await work(claim))
  } catch (error) {
    if (PlugboardError.isInstance(error) && error.code === 'lease_lost') return undefined
    throw error
  } finally {
    busy.delete(own)
    // One that cannot be given back ends with the process, or with the lease.
    if (claim) await store.release(claim).catch(() => false)
  }
}
