import type { AnnouncementListener, Announcer } from '../ports/announcer.ts'
import { TopicListeners } from './topic-listeners.ts'

/** Tells those who listen in this process: there is no other. */
export class MemoryAnnouncer implements Announcer {
  readonly #listeners = new TopicListeners()

  async announce(topic: string, data?: string): Promise<void> {
    this.#listeners.tell(topic, data)
  }

  listen(topic: string, listener: AnnouncementListener): () => void {
    return this.#listeners.add(topic, listener)
  }
}
