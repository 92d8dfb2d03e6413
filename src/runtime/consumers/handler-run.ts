import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import type { Run } from '../calls/run.ts'
import type { BufferedEffects } from './buffered-effects.ts'

/** The results of the steps of a handler, over all of its attempts. */
export interface Journal {
  get(step: string): Promise<{ readonly result: unknown } | undefined>
  save(step: string, result: unknown): Promise<void>
}

/** The step that is being done. */
interface CurrentStep {
  readonly run: HandlerRun
  readonly name: string
  calls: number
}
const currentStep = new AsyncLocalStorage<CurrentStep>()

/** One run of one handler: the key of its attempts, and what it has done so far. */
export class HandlerRun implements Run {
  readonly signal: AbortSignal
  /** The same for every attempt. */
  readonly key: string
  /** Undefined where nothing is tried again. */
  readonly journal: Journal | undefined
  /** Whether it is the run of no handler, but of a call from outside. */
  readonly outside: boolean
  readonly deadline: number | undefined
  /** The conversation of what is handled; undefined where there is none. */
  readonly conversationId: string | undefined
  /** The keys of the hooks that it is the run of, or part of. */
  readonly hooks: readonly string[]
  readonly effects: BufferedEffects = {
    messages: [],
    events: [],
    states: [],
    tags: [],
    rows: [],
    files: [],
    workflows: [],
  }
  #calls = 0
  /** Since a handler runs in it. */
  cutOff = false
  #streams = 0

  constructor(
    key: string,
    signal: AbortSignal,
    {
      journal,
      hooks = [],
      outside = false,
      deadline,
      conversationId,
    }: Partial<Pick<HandlerRun, 'journal' | 'hooks' | 'outside' | 'deadline' | 'conversationId'>> = {},
  ) {
    this.key = key
    this.signal = signal
    this.journal = journal
    this.hooks = hooks
    this.outside = outside
    this.deadline = deadline
    this.conversationId = conversationId
  }

  /** The run of a hook within this one, or of something else whose steps and effects are apart until it has succeeded. */
  part(key: string, signal: AbortSignal, hook?: string): HandlerRun {
    const { journal, outside, deadline, conversationId } = this
    return new HandlerRun(key, signal, {
      deadline,
      conversationId,
      hooks: hook === undefined ? this.hooks : [...this.hooks, hook],
      outside,
      journal: journal && {
        get: (step) => journal.get(`${key}/${step}`),
        save: (step, result) => journal.save(`${key}/${step}`, result),
      },
    })
  }

  /** Takes what a run within it has done for its own. */
  absorb({ effects }: HandlerRun): void {
    for (const kind of Object.keys(effects) as (keyof BufferedEffects)[])
      (this.effects[kind] as unknown[]).push(...(effects[kind] as readonly unknown[]))
  }

  /** The id of the next message that is made of a stream: the same in every attempt, so that one replaces the other. */
  nextMessageId(): string {
    this.#streams += 1
    const hash = createHash('sha256').update(`${this.key}/stream/${this.#streams}`).digest('hex')
    return uuidFrom(hash)
  }

  /** Does the work of a step. Its calls have keys of its own: they are the same whichever steps need not be done again. */
  inStep<T>(name: string, work: () => Promise<T>): Promise<T> {
    return currentStep.run({ run: this, name, calls: 0 }, work)
  }

  nextKey(): string {
    const step = currentStep.getStore()
    if (step?.run === this) {
      step.calls += 1
      return `${this.key}/step/${step.name}/${step.calls}`
    }
    this.#calls += 1
    return `${this.key}/${this.#calls}`
  }

  /** Whether anything is to be stored. */
  get hasEffects(): boolean {
    return Object.values(this.effects).some((effects) => (effects as readonly unknown[]).length > 0)
  }
}

/** A hash in the form of a UUID of version 8. */
const uuidFrom = (hash: string): string =>
  `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
