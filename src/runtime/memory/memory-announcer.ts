import type { Announcer } from '../ports/announcer.ts'

/** Tells those who listen in this process: there is no other. */
export class MemoryAnnouncer implements Announcer {
  readonly #listeners = new Map<string, Set<() => void>>()

  async announce(topic: string): Promise<void> {
    for (const listener of this.#listeners.get(topic) ?? []) listener()
  }

  listen(topic: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, listeners.add(listener))
    return () => void listeners.delete(listener)
  }
}
