import { z } from 'zod'
import { PlugboardError, ValidationError } from '../../errors/index.ts'
import type { CallRequest, Candidate } from './call.ts'
import type { Sample } from './interfaces.fixture.ts'
import type { VirtualClock } from './virtual-clock.fixture.ts'

/** What a candidate does when it is called. What is left out is as in the sample. */
export interface Step {
  /** Happens when the call comes. */
  readonly before?: () => void
  /** Milliseconds before the output, and before each item; for one after the other, a list. Infinity: for ever. */
  readonly wait?: number | readonly number[]
  /** Whether the signal is ignored. */
  readonly deaf?: boolean
  readonly output?: unknown
  /** Thrown in place of the output; after the items, if there are any. */
  readonly error?: Error
  readonly items?: readonly unknown[]
}

/** An integration that does what it is told: each call the next step, and the last one from then on. It checks its input. */
export class ScriptedCandidate implements Candidate {
  readonly alias: string
  /** The calls that came. */
  readonly requests: CallRequest[] = []
  /** How many calls were aborted. */
  aborted = 0
  /** How many streams came to an end, however they did. */
  closed = 0
  readonly #sample: Sample
  readonly #clock: VirtualClock
  readonly #steps: readonly Step[]

  constructor(alias: string, sample: Sample, clock: VirtualClock, steps: readonly Step[] = [{}]) {
    this.alias = alias
    this.#sample = sample
    this.#clock = clock
    this.#steps = steps
  }

  readonly call = async (request: CallRequest): Promise<unknown> => {
    const step = this.#begin(request)
    await this.#wait(step, request)
    return this.#end(step)
  }

  readonly stream = async function* (
    this: ScriptedCandidate,
    request: CallRequest,
  ): AsyncGenerator<unknown, unknown, void> {
    const step = this.#begin(request)
    try {
      let place = 0
      for (const item of step.items ?? (step.error === undefined ? this.#sample.items : [])) {
        await this.#wait(step, request, place)
        yield item
        place += 1
      }
      await this.#wait(step, request, place)
      return this.#end(step)
    } finally {
      this.closed += 1
    }
  }.bind(this)

  #begin(request: CallRequest): Step {
    this.requests.push(request)
    const { success, error } = z.core.safeParse(this.#sample.action.input.schema, request.input)
    if (!success)
      throw new ValidationError('input_invalid', `the input for '${this.alias}'`, [
        { path: '', message: error.message },
      ])
    const step = this.#steps[Math.min(this.requests.length, this.#steps.length) - 1] ?? {}
    step.before?.()
    return step
  }

  async #wait({ wait = 0, deaf = false, error }: Step, { signal }: CallRequest, place = 0): Promise<void> {
    if (signal?.aborted && !deaf && error === undefined) this.#abort()
    const milliseconds = typeof wait === 'number' ? wait : (wait[place] ?? 0)
    if (milliseconds === 0) return
    try {
      await this.#clock.sleep(milliseconds, deaf ? undefined : signal)
    } catch {
      this.#abort()
    }
  }

  #abort(): never {
    this.aborted += 1
    throw new PlugboardError({ code: 'aborted', message: `'${this.alias}' was aborted` })
  }

  #end(step: Step): unknown {
    if (step.error !== undefined) throw step.error
    return step.output ?? structuredClone(this.#sample.output)
  }
}
