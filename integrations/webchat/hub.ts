import type { ShownMessage } from './conversation.ts'

/** What happens in a visitor's conversation. */
export type Heard =
  /** A message is about to be stored. */
  | { readonly message: string }
  /** A message is being made: what it is until now. */
  | { readonly draft: ShownMessage }
  /** A message that was being made is not to come. */
  | { readonly discarded: string }
export type Listener = (heard: Heard) => void

// By the id of the installation, then by visitor. Holds what is open in this process and nothing else.
const installations = new Map<string, Map<string, Set<Listener>>>()

/** Listens to the conversation of a visitor. Gives the function that ends it. */
export function listen(installation: string, visitor: string, listener: Listener): () => void {
  const visitors = installations.get(installation) ?? new Map<string, Set<Listener>>()
  installations.set(installation, visitors)
  const listeners = visitors.get(visitor) ?? new Set<Listener>()
  visitors.set(visitor, listeners)
  // A function of its own, so that one listener may listen twice.
  const own: Listener = (heard) => listener(heard)
  listeners.add(own)
  return () => {
    listeners.delete(own)
    if (listeners.size > 0 || visitors.get(visitor) !== listeners) return
    visitors.delete(visitor)
    if (visitors.size === 0 && installations.get(installation) === visitors) installations.delete(installation)
  }
}

/** Tells who listens to a visitor's conversation. */
export function tell(installation: string, visitor: string, heard: Heard): void {
  for (const listener of installations.get(installation)?.get(visitor) ?? []) listener(heard)
}

/** How many visitors of an installation are listened to in this process; undefined if nothing is kept of it. */
export function visitorsOf(installation: string): number | undefined {
  return installations.get(installation)?.size
}
