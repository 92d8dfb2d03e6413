import type { Container } from '../../container/container.ts'
import { solveNeed } from '../../container/needs/solve-need.ts'
import { aliasOf, type BindingInput, bindingFrom } from '../../definition/binding.ts'
import { CompositionError, PlugboardError } from '../../errors/index.ts'
import { type BoundNeed, bindNeed } from '../calls/bound-need.ts'
import type { CallServices } from '../calls/integration-action.ts'
import type { NeedSlot } from '../calls/interface-client.ts'
import type { Consumer } from '../consumers/consumer.ts'
import type { Installation } from '../composition/installation.ts'
import type { PolicyServices } from '../../container/policies/call.ts'

/** What a need is bound to, as data. */
export interface BindingReport {
  /** The alias of the plugin; `bot` for the bot's own. */
  readonly consumer: string
  readonly need: string
  /** The aliases of the integrations, in the order in which they are tried. */
  readonly to: readonly string[]
  readonly policies: readonly string[]
  /** Where the binding comes from. */
  readonly source: string
  /** Capabilities that the need does not require and the integration does not have: what uses them is downgraded. */
  readonly lacking: readonly string[]
  /** Counts up with every change. */
  readonly generation: number
  /** Billable calls so far and what they cost, where the binding has the policy `meter`. */
  readonly meter: unknown
}

/** What the bindings work with. */
export interface BindingsServices {
  readonly scope: Container
  readonly installations: readonly Installation[]
  readonly calls: CallServices & PolicyServices
  consumer(alias: string): Consumer | undefined
}

/** The bindings of a running bot. They can be changed; calls in flight finish on the old ones. */
export class Bindings {
  readonly #slots: ReadonlyMap<string, ReadonlyMap<string, NeedSlot>>
  readonly #services: BindingsServices

  constructor(slots: ReadonlyMap<string, ReadonlyMap<string, NeedSlot>>, services: BindingsServices) {
    this.#slots = slots
    this.#services = services
  }

  /** Every need with what it is bound to. */
  list(): readonly BindingReport[] {
    return [...this.#slots.values()].flatMap((slots) => [...slots.values()].map(({ current }) => report(current)))
  }

  /**
   * Binds a need to something else. The next call uses it.
   * @param consumer The alias of the plugin; `bot` for the bot's own.
   * @param need The name of the need.
   * @param to An alias, or what `bind()` and `failover()` give.
   * @throws {CompositionError} if it does not meet the need, or if an entity in the plugin's configuration does not fit it; nothing is changed then.
   * @throws {PlugboardError} with the code `need_unknown`.
   */
  async set(consumer: string, need: string, to: BindingInput): Promise<BindingReport> {
    const slot = this.#slots.get(consumer)?.get(need)
    if (!slot) {
      const known = [...this.#slots].flatMap(([alias, slots]) => [...slots.keys()].map((name) => `${alias}.${name}`))
      throw new PlugboardError({
        code: 'need_unknown',
        message: `there is no need '${consumer}.${need}'; there are ${known.join(', ') || 'none'}`,
      })
    }
    const { installations, calls } = this.#services
    const result = solveNeed(
      {
        consumer,
        name: need,
        need: slot.current.solved.need,
        bindings: [{ source: 'set while running', binding: bindingFrom(to) }],
      },
      installations,
    )
    if (!('binding' in result)) throw new CompositionError(`the binding of '${consumer}.${need}'`, result)
    const before = slot.current
    slot.current = bindNeed(result, before.generation + 1, calls)
    const problems = this.#services.consumer(consumer)?.configure() ?? []
    if (problems.length > 0) {
      slot.current = before
      this.#services.consumer(consumer)?.configure()
      throw new CompositionError(`the binding of '${consumer}.${need}'`, problems, {}, 'configuration_invalid')
    }
    return report(slot.current)
  }
}

function report({ solved, generation, state }: BoundNeed): BindingReport {
  return {
    consumer: solved.consumer,
    need: solved.name,
    to: solved.binding.to.map(aliasOf),
    policies: solved.binding.policies.map(({ policy }) => policy),
    source: solved.source,
    lacking: solved.lacking,
    generation,
    meter: state.meter,
  }
}
