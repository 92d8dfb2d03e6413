import type { Listener } from './hub.ts'

/** Where the events of a stream come from. */
export interface EventSource {
  /** The events that were not given yet, in order. */
  read(): Promise<readonly StreamEvent[]>
  /** Listens to what is about to be stored. Gives the function that ends it. */
  listen(listener: Listener): () => void
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

/** Milliseconds after which a silent stream says that it lives, and looks for what another process has stored. */
const heartbeat = 15_000
/** Milliseconds for which a message that was announced is looked for, and between two looks at first and at most. */
const patience = 10_000
const shortestPause = 10
const longestPause = 500

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
  let pause = shortestPause
  const stop = source.listen((messageId) => {
    expected.set(messageId, Date.now() + patience)
    pause = shortestPause
    bell.ring()
  })
  try {
    yield ': open\n\n'
    let written = Date.now()
    while (!over.aborted) {
      for (const { id, position, data } of await source.read()) {
        expected.delete(id)
        yield `id: ${position}\nevent: message\ndata: ${JSON.stringify(data)}\n\n`
        written = Date.now()
      }
      for (const [id, until] of expected) if (until <= Date.now()) expected.delete(id)
      if (Date.now() - written >= heartbeat) {
        yield ': alive\n\n'
        written = Date.now()
      }
      await bell.wait(expected.size > 0 ? pause : written + heartbeat - Date.now())
      pause = Math.min(pause * 2, longestPause)
    }
  } catch (error) {
    if (!over.aborted) source.failed(error)
  } finally {
    stop()
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
