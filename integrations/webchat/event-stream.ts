import type { Listener, Place } from './heard.ts'

/** Where the events of a stream come from. */
export interface EventSource {
  /** The events that were not given yet, in order. */
  read(): Promise<readonly StreamEvent[]>
  /** Listens to what happens. Gives the function that ends it. */
  listen(listener: Listener): () => void
  /** Whether this conversation is the one whose events are given; of others it is only told that something was said. */
  isOpen(place: Place): boolean
  /** A message that was changed, as it is now; without an id, all that ever were. */
  changed(id: string | undefined): Promise<readonly unknown[]>
  /** Ends the stream. */
  readonly signal: AbortSignal
  /** Told what `read` threw; the stream ends then, and its reader comes back. */
  failed(error: unknown): void
}

/** What a reader is told, with where it goes on after that. */
export interface StreamEvent {
  readonly id: string
  readonly position: string
  readonly data: unknown
}

/** Milliseconds after which a silent stream says that it lives, and looks for what it may not have heard of. */
const heartbeat = 15_000
/** Milliseconds for which a message that was announced is looked for, and between two looks at first and at most. */
const patience = 10_000
const shortestPause = 10
const longestPause = 500
/** How many messages are remembered of which no draft is shown any more. */
const mostGiven = 100

/**
 * A stream of server-sent events. A message is announced before it is stored, for it counts as sent only once its handler
 * has returned: so it is looked for until it is there, and what is sent is always what is stored.
 */
export function eventStream(source: EventSource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const left = new AbortController()
  const over = AbortSignal.any([source.signal, left.signal])
  const frames = framesOf(source, over)
  // Also ends what waits for a reader that reads no more.
  over.addEventListener('abort', () => void frames.return(), { once: true })
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await frames.next()
        if (left.signal.aborted) return
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      cancel: () => left.abort(),
    },
    { highWaterMark: 0 },
  )
}

async function* framesOf(source: EventSource, over: AbortSignal): AsyncGenerator<string, void, void> {
  const bell = new Bell(over)
  const expected = new Map<string, number>()
  // What passes waits here for a slow reader, and of each thing only what it is last.
  const fleeting = new Map<string, string>()
  // Whoever comes back may have missed any of them.
  const changed = new Set<string | undefined>([undefined])
  const given = new Recent()
  let pause = shortestPause
  let nextLook = 0
  const stop = source.listen((heard) => {
    if ('missed' in heard) changed.add(undefined)
    else if (!source.isOpen(heard.in)) {
      if (!('message' in heard)) return
      const { id } = heard.in
      fleeting.set(`conversation ${id}`, frame('conversation', { conversationId: id }))
    } else if ('draft' in heard) {
      // One that comes from another process may be late.
      if (!given.has(heard.draft.id)) fleeting.set(heard.draft.id, frame('draft', heard.draft))
    } else if ('discarded' in heard) fleeting.set(heard.discarded, frame('discard', { id: heard.discarded }))
    else if ('changed' in heard) changed.add(heard.changed)
    else if ('typing' in heard) fleeting.set('typing', frame('typing', { timeout: heard.typing }))
    else {
      expected.set(heard.message, Date.now() + patience)
      // The answer takes the indicator away; what is begun after it stays.
      if (heard.from === 'bot') fleeting.delete('typing')
    }
    if ('missed' in heard || ('message' in heard && source.isOpen(heard.in))) {
      pause = shortestPause
      nextLook = 0
    }
    bell.ring()
  })
  try {
    yield ': open\n\n'
    let written = Date.now()
    while (!over.aborted) {
      if (Date.now() >= nextLook) {
        // What is heard meanwhile is looked for again.
        nextLook = Infinity
        for (const { id, position, data } of await source.read()) {
          expected.delete(id)
          fleeting.delete(id)
          given.add(id)
          yield `id: ${position}\n${frame('message', data)}`
          written = Date.now()
        }
        for (const [id, until] of expected) if (until <= Date.now()) expected.delete(id)
        nextLook = Math.min(nextLook, Date.now() + (expected.size > 0 ? pause : heartbeat))
        pause = Math.min(pause * 2, longestPause)
      }
      for (const id of Array.from(changed)) {
        changed.delete(id)
        for (const message of await source.changed(id)) {
          yield frame('change', message)
          written = Date.now()
        }
      }
      // Those that are there now: what is made meanwhile must not keep what is stored waiting.
      for (const id of Array.from(fleeting.keys())) {
        // An answer ends it where it is shown, so what was begun after the answer waits for that.
        if (id === 'typing' && expected.size > 0) continue
        const passing = fleeting.get(id)
        fleeting.delete(id)
        if (passing === undefined) continue
        yield passing
        written = Date.now()
      }
      if (Date.now() - written >= heartbeat) {
        yield ': alive\n\n'
        written = Date.now()
      }
      await bell.wait(Math.max(0, Math.min(nextLook, written + heartbeat) - Date.now()))
    }
  } catch (error) {
    if (!over.aborted) source.failed(error)
  } finally {
    stop()
  }
}

const frame = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

/** The ids of the messages that were given last. */
class Recent {
  readonly #ids = new Set<string>()

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  add(id: string): void {
    this.#ids.add(id)
    const [oldest = ''] = this.#ids
    if (this.#ids.size > mostGiven) this.#ids.delete(oldest)
  }
}

/** Ends a wait. A ring that nobody waits for is kept for the next who does. */
class Bell {
  #rung = false
  #ended: () => void = () => {}

  constructor(over: AbortSignal) {
    over.addEventListener('abort', () => this.ring(), { once: true })
  }

  ring(): void {
    this.#rung = true
    this.#ended()
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        this.#ended = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#rung = false
  }
}
