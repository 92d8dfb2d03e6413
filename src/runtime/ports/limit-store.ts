/** So many in any span of so many milliseconds, of what counts under one key. */
export interface Limit {
  readonly key: string
  readonly limit: number
  readonly per: number
  /** Whether several may wait at the same time: each is then told a time of its own, so that they do not all come at once. */
  readonly queues: boolean
}

/** How a place is asked for. */
export interface PlaceRequest {
  /** Whether it comes at the time that it was told. Default: false. */
  readonly promised?: boolean
  /**
   * `take` a place or be told when to come again; `look` whether there is one; take one that is to `spare`, which nobody
   * waits for. Default: `take`.
   */
  readonly as?: 'take' | 'look' | 'spare'
  /** For how many milliseconds it would wait: what is told to wait longer does not come again. Default: as long as need be. */
  readonly patience?: number
}

/** Whether there was a place. */
export interface Place {
  /** Milliseconds until there may be one; 0 if there was. */
  readonly wait: number
  /** Whether it is expected to come at that time: the next time it asks, it says so. */
  readonly promised: boolean
}

/** Limits that all processes share, and until when platforms have asked to wait. */
export interface LimitStore {
  /** Takes a place under all of the limits, or under none. */
  takePlace(limits: readonly Limit[], request: PlaceRequest): Promise<Place>
  /** Notes that what counts under a key is to wait until then, in milliseconds since 1970; a later time that is noted stays. */
  pauseUntil(key: string, until: number): Promise<void>
  /** The pauses that have not ended. */
  listPauses(): Promise<readonly { readonly key: string; readonly until: number }[]>
}
