import type { ConsumerData } from '../definition/consumer-data.ts'
import type { ConsumerTypes } from '../definition/consumer.ts'
import { listed, ProblemList, shown } from '../definition/validation/problem-list.ts'
import { DefinitionError } from '../errors/index.ts'
import type { On } from './consumer-handlers.ts'
import { failingMoments, type Moment, moments } from './moments.ts'

/** A handler that was registered. */
export interface RegisteredHandler {
  readonly moment: Moment
  /** The type of message, event or action; `*` for all. */
  readonly type: string
  readonly handler: (props: never) => Promise<unknown>
  /** Whether it takes messages while they are made, too. */
  readonly takesDrafts?: boolean
}

/** What plugins' and bots' implementations share: the registered handlers, as data in the order of registration. */
export class ConsumerImplementation<T extends ConsumerTypes, TActions, TEvents = {}> {
  readonly registered: RegisteredHandler[] = []
  readonly on: On<T, TActions, TEvents>

  constructor() {
    const on: Record<string, (type: unknown, handler: unknown, options?: { readonly drafts?: unknown }) => void> = {}
    for (const moment of moments) {
      on[moment] = (type, handler, options) => {
        demandHandler(moment, type, handler, this.#namesFor(moment))
        const takesDrafts = options?.drafts === true ? { takesDrafts: true } : {}
        this.registered.push(Object.freeze({ moment, type, handler, ...takesDrafts } as RegisteredHandler))
      }
    }
    this.on = Object.freeze(on) as never
  }

  /** What can be heard at a moment, where that is declared by the definition alone. */
  #namesFor(moment: Moment): readonly string[] | undefined {
    const { definition } = this as never as { readonly definition: ConsumerData }
    if (moment === 'handlerFailed') return failingMoments
    if (moment === 'stateExpired') return Object.keys(definition.states)
    return moment.startsWith('workflow') ? Object.keys(definition.workflows) : undefined
  }
}

function demandHandler(moment: Moment, type: unknown, handler: unknown, names: readonly string[] | undefined): void {
  const list = new ProblemList()
  const path = `on.${moment}`
  const remedy = `Write on.${moment}('…', async (props) => { … }).`
  if (typeof type !== 'string' || type === '')
    list.add('handler_unknown', path, `expected the name of what is heard, or '*', given ${shown(type)}.`, remedy)
  else if (names && type !== '*' && !names.includes(type))
    list.add(
      'handler_unknown',
      path,
      `${moment === 'handlerFailed' ? 'there are no handlers of' : 'the definition declares no'} '${type}'.`,
      `${moment === 'handlerFailed' ? 'There are those of' : 'It has'} ${listed(names)}.`,
    )
  if (typeof handler !== 'function')
    list.add('handler_missing', path, `expected a function, given ${shown(handler)}.`, remedy)
  if (list.problems.length > 0)
    throw new DefinitionError(`a handler of ${moment}`, list.problems, {}, 'implementation_invalid')
}
