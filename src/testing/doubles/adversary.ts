import { setTimeout as sleep } from 'node:timers/promises'
import { type InterfaceDefinition, type InterfaceTypes, PlugboardError, type PlugboardErrorOptions } from 'plugboard'
import { hollow, plain, sparse, unicode } from '../generation/style.ts'
import { type Behaviour, doubleOf } from './double.ts'
import type { Double, DoubleOptions } from './double-types.ts'

/** What is said of an adversary. */
export interface AdversaryOptions<I extends InterfaceTypes, TName extends string> extends DoubleOptions<I, TName> {
  /**
   * Whether every third call of an action fails, each time in another way, and every third attempt to send a message, so that it
   * has to be sent again. Default: true.
   */
  readonly errors?: boolean
  /** The longest that a call waits before it is answered, in milliseconds. Default: 5. */
  readonly slowness?: number
}

/**
 * An integration that does what an interface promises and nothing more: it is slow, its lists are empty, its texts are of
 * every script, what is optional is not there, and every third call of an action fails. What works with it has taken no
 * liberties.
 */
export function adversary<I extends InterfaceTypes, const TName extends string = `adversary-${I['name']}`>(
  base: InterfaceDefinition<I>,
  { errors = true, slowness = 5, ...options }: AdversaryOptions<I, TName> = {},
): Double<I, TName> {
  const failureOf = (action: string, index: number, from = failures): Failure | undefined =>
    errors && index % 3 === 2 ? from[(Math.floor(index / 3) + action.length) % from.length] : undefined
  const behaviour: Behaviour = {
    entities: unicode,
    style: (random) => random.pick([unicode, sparse, plain, hollow]),
    before: async ({ action, index, random, signal, streams, sends = false }) => {
      // Aborted, it goes on at once, and is told so by who asked.
      await sleep(random.integer(0, slowness), undefined, { signal }).catch(() => {})
      const failure = failureOf(action, index, sends ? passing : failures)
      if (failure && !(streams && failure.midway)) throw errorOf(failure)
    },
    breaksOff: ({ action, index }) => {
      const failure = failureOf(action, index)
      return failure?.midway ? errorOf(failure) : undefined
    },
  }
  return doubleOf(base, options, 'adversary', behaviour)
}

type Failure = Pick<PlugboardErrorOptions, 'code' | 'message' | 'retryable' | 'retryAfter'> & {
  /** Whether a stream gives an item before it fails so. */
  readonly midway?: boolean
}

const failures: readonly Failure[] = [
  { code: 'vendor_rate_limited', message: 'too many requests', retryable: true, retryAfter: 1 },
  { code: 'vendor_unavailable', message: 'the connection was reset', retryable: true, midway: true },
  { code: 'vendor_failed', message: 'Internal Server Error ‮💥' },
  { code: 'vendor_unauthorized', message: 'the key has expired' },
  { code: 'vendor_refused', message: 'the request cannot be processed' },
  { code: 'vendor_rate_limited', message: 'come back later', retryable: true },
  { code: 'stream_broken', message: 'the stream ended early', retryable: true, midway: true },
  { code: 'timeout', message: 'it took too long', retryable: true },
]

/** How a message fails: nobody would hear of one that is lost for good. */
const passing = failures.filter(({ retryable }) => retryable)

const errorOf = ({ midway: _, ...failure }: Failure): PlugboardError => new PlugboardError(failure)
