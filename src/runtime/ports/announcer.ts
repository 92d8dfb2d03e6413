/** Is told of an announcement, with what was said in it; undefined where only the topic is known, or something may have been missed. */
export type AnnouncementListener = (data: string | undefined) => void

/** How the processes of a bot tell each other that something has changed. What is told may be lost: look from time to time. */
export interface Announcer {
  /**
   * Tells everyone who listens, here and elsewhere. What one process announces with data is heard in that order.
   * @param data Says what has changed, as text without the character U+0000. An announcement with data never fails: it is heard, or not.
   */
  announce(topic: string, data?: string): Promise<void>
  /** Calls the listener for each announcement. Gives a function that ends it. */
  listen(topic: string, listener: AnnouncementListener): () => void
}
