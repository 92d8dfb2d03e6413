import type { AnnouncementListener } from '../ports/announcer.ts'

/** Who listens to what, in this process. Keeps nothing of a topic that nobody listens to. */
export class TopicListeners {
  readonly #topics = new Map<string, Set<AnnouncementListener>>()

  get topics(): readonly string[] {
    return [...this.#topics.keys()]
  }

  /** Gives a function that ends it. */
  add(topic: string, listener: AnnouncementListener): () => void {
    const listeners = this.#topics.get(topic) ?? new Set<AnnouncementListener>()
    this.#topics.set(topic, listeners)
    // A function of its own, so that one listener may listen twice.
    const own: AnnouncementListener = (data) => listener(data)
    listeners.add(own)
    return () => {
      listeners.delete(own)
      if (listeners.size === 0 && this.#topics.get(topic) === listeners) this.#topics.delete(topic)
    }
  }

  tell(topic: string, data?: string): void {
    for (const listener of this.#topics.get(topic) ?? []) listener(data)
  }
}
