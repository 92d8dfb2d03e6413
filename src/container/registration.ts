import type { Disposal } from './disposer.ts'
import type { Tokens } from './token.ts'

/**
 * How long a created service lives, and where its dependencies are looked for:
 * - `singleton` (the default): one for the scope that registered it, with dependencies from that scope, whoever asks first.
 * - `scoped`: one for each scope that asks for it, with dependencies from the scope that asks.
 * - `transient`: a new one each time, with dependencies from the scope that asks. It belongs to whoever asked:
 *   the container neither keeps nor disposes of it.
 */
export type Lifetime = 'singleton' | 'scoped' | 'transient'

/** How a service that the container creates is kept and disposed of. */
export type ServiceOptions<T> =
  | {
      lifetime?: 'singleton' | 'scoped'
      /** Default: true, which calls `[Symbol.asyncDispose]` or else `[Symbol.dispose]`, where the service has one. */
      dispose?: Disposal<T>
    }
  | { lifetime: 'transient'; dispose?: never }

/** What is registered with a value that the container did not create. */
export interface ValueOptions<T> {
  /** Default: false, because whoever made the value disposes of it. */
  dispose?: Disposal<T>
}

/** A synchronous function that creates a service, and the tokens of what it is given. */
export type Factory<T, TDependencies extends readonly unknown[]> = ServiceOptions<T> & {
  /** The dependencies of `create`, in its order. Default: none. */
  inject?: ConstantTokens<TDependencies>
  create: (...dependencies: NoInfer<[...TDependencies]>) => T
}

/** A class that says what its constructor is given: `static readonly inject = [clock, store] as const`. */
export interface InjectableClass<T, TDependencies extends readonly unknown[]> {
  readonly inject?: ConstantTokens<TDependencies>
  new (...dependencies: NoInfer<[...TDependencies]>): T
}

// Without `as const` the tokens of a class are a list of no known length, and no constructor could be checked.
type ConstantTokens<TDependencies extends readonly unknown[]> = number extends TDependencies['length']
  ? 'inject must be a tuple: write `static readonly inject = [ … ] as const`'
  : Tokens<TDependencies>
