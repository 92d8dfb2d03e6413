/** What a handler was called with, and what came of it. */
export interface HandlerCall {
  /** The integration's name of the action; of a message, `<channel>/<type>`. */
  readonly action: string
  /** The parsed input; of a message, its payload. */
  readonly input: unknown
  /** The id of the message, of one. */
  readonly messageId: string | undefined
  readonly signal: AbortSignal
  /** What it has given bit by bit. */
  readonly items: unknown[]
  /** What it did when it was asked to go on though it was aborted; empty if it failed, as it should. */
  readonly afterAbort: ('gave an item' | 'ended as done')[]
  /** How it ended; undefined while it runs. */
  end: HandlerEnd | undefined
  /** Resolves when it has ended. */
  readonly ended: Promise<void>
}
export type HandlerEnd =
  | { readonly kind: 'returned'; readonly output: unknown }
  | { readonly kind: 'threw'; readonly error: unknown; readonly aborted: boolean }
  | { readonly kind: 'left' }

type Handler = (props: HandlerProps) => unknown
interface HandlerProps {
  readonly input?: unknown
  readonly payload?: unknown
  readonly message?: { readonly id: string }
  readonly signal: AbortSignal
}
type Handlers = { readonly actions?: unknown; readonly channels?: unknown }

/** What comes of handlers that do not answer. */
export interface Silence {
  /** Milliseconds that a call has, from its beginning and from each item that it gives. */
  limitOf(action: string): number
  /** Is told of a call that did not answer in time. */
  tell(call: HandlerCall, limit: number): void
}

/** Watches the handlers of an integration: what the runtime puts right, is seen here. */
export class Probe {
  readonly #silence: Silence
  readonly calls: HandlerCall[] = []
  /** The messages that were to be sent. */
  readonly sends: HandlerCall[] = []
  /** Is told of each call of an action as it begins. */
  onCall: (call: HandlerCall) => void = () => {}
  /** Is told of each message as it is sent. */
  onSend: (call: HandlerCall) => void = () => {}

  constructor(silence: Silence) {
    this.#silence = silence
  }

  /** Handlers that do the same and are watched. */
  around<T extends Handlers>(handlers: T): T {
    const actions = mapped(handlers.actions, (run: Handler, name) =>
      this.#watched(name, run, (call) => {
        this.calls.push(call)
        this.onCall(call)
      }),
    )
    const channels = mapped(handlers.channels, (channel: { readonly messages?: unknown }, name) => ({
      ...channel,
      messages: mapped(channel.messages, (run: Handler, type) =>
        this.#watched(`${name}/${type}`, run, (call) => {
          this.sends.push(call)
          this.onSend(call)
        }),
      ),
    }))
    return { ...handlers, actions, channels }
  }

  #watched(action: string, run: Handler, begun: (call: HandlerCall) => void): Handler {
    return (props) => {
      const ending = Promise.withResolvers<void>()
      const call: HandlerCall = {
        action,
        input: structuredCopy(props.message === undefined ? props.input : props.payload),
        messageId: props.message?.id,
        signal: props.signal,
        items: [],
        afterAbort: [],
        end: undefined,
        ended: ending.promise,
      }
      const limit = this.#silence.limitOf(action)
      let isCutOff = false
      const timer = setTimeout(() => {
        // What was aborted is waited for by whoever aborted it; only what nobody waits for in time is silent.
        const again = call.signal.aborted && !isCutOff
        isCutOff = call.signal.aborted
        if (again) timer.refresh()
        else this.#silence.tell(call, limit)
      }, limit)
      const end = (how: HandlerEnd): void => {
        clearTimeout(timer)
        call.end ??= how
        ending.resolve()
      }
      const threw = (error: unknown): never => {
        end({ kind: 'threw', error, aborted: props.signal.aborted })
        throw error
      }
      begun(call)
      let given: unknown
      try {
        given = run(props)
      } catch (error) {
        return threw(error)
      }
      if (isGenerator(given)) return watchedStream(given, call, end, () => timer.refresh())
      return Promise.resolve(given).then((output) => {
        end({ kind: 'returned', output })
        return output
      }, threw)
    }
  }
}

/** The stream that a handler gives. Once it is aborted, it is asked what it would do next, which the runtime would not let it say. */
function watchedStream(
  given: AsyncGenerator<unknown, unknown, void>,
  call: HandlerCall,
  end: (how: HandlerEnd) => void,
  answers: () => void,
): AsyncGenerator<unknown, unknown, void> {
  const { signal } = call
  const next = async (): Promise<IteratorResult<unknown, unknown>> => {
    const late = signal.aborted
    try {
      const step = await given.next()
      // It has failed already, while this pull waited for its turn.
      if (call.end) return step
      if (step.done) {
        if (late) call.afterAbort.push('ended as done')
        end({ kind: 'returned', output: step.value })
      } else {
        if (late) call.afterAbort.push('gave an item')
        call.items.push(step.value)
        answers()
      }
      return step
    } catch (error) {
      end({ kind: 'threw', error, aborted: signal.aborted })
      throw error
    }
  }
  const leave = async (): Promise<void> => {
    if (signal.aborted && !call.end) await next().catch(() => {})
    end({ kind: 'left' })
    await given.return(undefined).catch(() => {})
  }
  return {
    next,
    return: async () => {
      // Not awaited: a stream that hangs must not hold up who has left it.
      void leave()
      return { value: undefined, done: true }
    },
    throw: async (error) => given.throw(error),
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: leave,
  }
}

function mapped<T, R>(record: unknown, change: (value: T, name: string) => R): Record<string, R> {
  const entries = Object.entries((record ?? {}) as Record<string, T>)
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value, name)]))
}

function isGenerator(value: unknown): value is AsyncGenerator<unknown, unknown, void> {
  return typeof value === 'object' && value !== null && 'next' in value
}

/** A handler may change what it is given. What cannot be copied, such as a stream, is kept as it is. */
function structuredCopy(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return value
  }
}
