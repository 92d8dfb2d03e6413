import { PlugboardError } from '../errors/index.ts'

/**
 * Whether and how a service is disposed of with its scope: true calls its `[Symbol.asyncDispose]` or else its
 * `[Symbol.dispose]`, a function is called instead of them, and false leaves the service alone.
 */
export type Disposal<T> = boolean | ((service: T) => unknown)

interface Owned {
  readonly path: readonly string[]
  readonly dispose: () => unknown
}

interface Failure {
  readonly path: readonly string[]
  readonly cause: unknown
}

/** Disposes of what a scope owns, after the scopes inside it. */
export class Disposer {
  /** Whether disposal has begun, of this scope or of one around it. */
  closed = false
  readonly #parent: Disposer | undefined
  readonly #children = new Set<Disposer>()
  readonly #owned: Owned[] = []
  #failures: Promise<Failure[]> | undefined

  constructor(parent?: Disposer) {
    this.#parent = parent
    if (parent !== undefined) parent.#children.add(this)
  }

  /** Takes a service over, where there is something to dispose of. `path` is what errors call the service. */
  own<T>(path: readonly string[], service: T, disposal: Disposal<T>): void {
    const dispose = disposalOf(service, disposal)
    if (dispose !== undefined) this.#owned.push({ path, dispose })
  }

  /** Disposes one after the other, the newest first; a failure stops nothing. A second call is the same disposal. */
  async dispose(): Promise<void> {
    const failures = await this.#settle()
    if (failures.length > 0) throw disposalFailed(failures)
  }

  #settle(): Promise<Failure[]> {
    this.#failures ??= this.#disposeOnce()
    return this.#failures
  }

  async #disposeOnce(): Promise<Failure[]> {
    this.#close()
    await Promise.resolve() // a factory that is running now finishes first, and what it created is disposed of too
    const failures: Failure[] = []
    for (const child of [...this.#children].toReversed()) failures.push(...(await child.#settle()))
    for (const { path, dispose } of this.#owned.splice(0).toReversed()) {
      try {
        await dispose()
      } catch (cause) {
        failures.push({ path, cause })
      }
    }
    if (this.#parent !== undefined) this.#parent.#children.delete(this)
    return failures
  }

  #close(): void {
    this.closed = true
    for (const child of this.#children) child.#close()
  }
}

function disposalOf<T>(service: T, disposal: Disposal<T>): (() => unknown) | undefined {
  if (typeof disposal === 'function') return () => disposal(service)
  if (!disposal || (typeof service !== 'object' && typeof service !== 'function')) return undefined
  const disposable: Partial<AsyncDisposable & Disposable> | null = service
  if (disposable?.[Symbol.asyncDispose] !== undefined) return () => disposable[Symbol.asyncDispose]?.()
  if (disposable?.[Symbol.dispose] !== undefined) return () => disposable[Symbol.dispose]?.()
  return undefined
}

function disposalFailed(failures: readonly Failure[]): PlugboardError {
  const lines = failures.map(
    ({ path, cause }) => `${path.join(' › ')}: ${cause instanceof Error ? cause.message : String(cause)}`,
  )
  const count = failures.length === 1 ? 'one service' : `${failures.length} services`
  const message = `${count} could not be disposed of: ${lines.join('; ')}`
  const causes = failures.map(({ cause }) => cause)
  return new PlugboardError({ code: 'disposal_failed', message, cause: new AggregateError(causes, message) })
}
