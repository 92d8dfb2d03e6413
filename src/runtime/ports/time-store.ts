/** A state whose owner has handlers for its expiry. */
export interface HeardState {
  readonly owner: string
  readonly name: string
}

/** What happens by the clock, which is that of the store. */
export interface TimeStore {
  /** The time of the store, and when something is due in it next; in milliseconds since 1970. */
  lookAhead(): Promise<{ readonly now: number; readonly next: number | undefined }>
  /**
   * Does what is due, at most `limit` of a kind: takes states away that have expired, and puts those that are heard into
   * their lanes; ends workflows whose time is over, and lets those go on that have waited. Gives the lanes in which
   * something waits now.
   */
  settleDue(given: { readonly heard: readonly HeardState[]; readonly limit: number }): Promise<readonly string[]>
  /**
   * Deletes what nobody needs any more, at most `limit` of a kind: the bytes of uploads that came to nothing. Tells whether
   * there may be more.
   */
  prune(given: { readonly limit: number }): Promise<boolean>
}
