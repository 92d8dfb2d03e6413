/** How the processes of a bot tell each other that something has changed. What is told may be lost: look from time to time. */
export interface Announcer {
  /** Tells everyone who listens, here and elsewhere. */
  announce(topic: string): Promise<void>
  /** Calls the listener for each announcement. Gives a function that ends it. */
  listen(topic: string, listener: () => void): () => void
}
