import { bindingVariable, type SolvedNeed, solveNeed } from '../../container/needs/solve-need.ts'
import { aliasOf, type Binding, type BindingInput, bindingFrom } from '../../definition/binding.ts'
import { listed } from '../../definition/validation/problem-list.ts'
import { CompositionError, type ErrorCode, PlugboardError } from '../../errors/index.ts'
import { type BoundNeed, bindNeed } from '../calls/bound-need.ts'
import type { CallServices } from '../calls/integration-action.ts'
import type { NeedSlot } from '../calls/interface-client.ts'
import type { Logger } from '../../implementation/logger.ts'
import type { Consumer } from '../consumers/consumer.ts'
import type { Installation } from '../composition/installation.ts'
import type { Announcer } from '../ports/announcer.ts'
import type { BindingStore } from '../ports/binding-store.ts'
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
  readonly installations: readonly Installation[]
  readonly calls: CallServices & PolicyServices
  readonly store: BindingStore
  readonly announcer: Announcer
  readonly logger: Logger
  consumer(alias: string): Consumer | undefined
}

/** What is announced when a binding was set. */
const topic = 'bindings'

/**
 * The bindings of a running bot. They can be changed; calls in flight finish on the old ones. What is set is kept: it goes
 * before what the bot and its configuration say, also when the bot starts again, and every process of the bot follows it.
 */
export class Bindings implements Disposable {
  readonly #slots: ReadonlyMap<string, ReadonlyMap<string, NeedSlot>>
  readonly #services: BindingsServices
  readonly #composed = new Map<NeedSlot, SolvedNeed>()
  /** The last generations that cannot be followed here, so that each is told of once. */
  readonly #refused = new Map<NeedSlot, number>()
  readonly #unlisten: () => void
  #last: Promise<unknown> = Promise.resolve()

  constructor(slots: ReadonlyMap<string, ReadonlyMap<string, NeedSlot>>, services: BindingsServices) {
    this.#slots = slots
    this.#services = services
    for (const ofConsumer of slots.values())
      for (const slot of ofConsumer.values()) this.#composed.set(slot, slot.current.solved)
    this.#unlisten = services.announcer.listen(topic, () => void this.follow().catch(() => {}))
  }

  /** Every need with what it is bound to. */
  list(): readonly BindingReport[] {
    return [...this.#slots.values()].flatMap((slots) => [...slots.values()].map(({ current }) => report(current)))
  }

  /**
   * Binds a need to something else. The next call uses it. A `translate` is code, which cannot be kept: it holds in this
   * process, as long as that runs. One that is to hold everywhere stands in the code of the bot.
   * @param consumer The alias of the plugin; `bot` for the bot's own.
   * @param need The name of the need.
   * @param to An alias, or what `bind()` and `failover()` give.
   * @throws {CompositionError} if it does not meet the need, or if an entity in the plugin's configuration does not fit it; nothing is changed then.
   * @throws {PlugboardError} with the code `need_unknown`, or `store_failed`.
   */
  async set(consumer: string, need: string, to: BindingInput): Promise<BindingReport> {
    const slot = this.#slot(consumer, need)
    const binding = bindingFrom(to)
    return this.#inTurn(() => this.#change(slot, binding))
  }

  /**
   * Takes back what was set while the bot ran: the need is bound again as the bot and its configuration say, in every process
   * of the bot. Where nothing is set, nothing changes.
   * @throws {PlugboardError} with the code `need_unknown`, or `store_failed`.
   */
  async reset(consumer: string, need: string): Promise<BindingReport> {
    const slot = this.#slot(consumer, need)
    return this.#inTurn(async () => {
      const kept = (await this.#services.store.listBindings()).find(
        (stored) => stored.consumer === consumer && stored.need === need,
      )
      if (kept?.binding) return this.#change(slot, undefined)
      // Another process may have taken it back, and this one not have heard of it yet.
      await this.#follow()
      return report(slot.current)
    })
  }

  /**
   * Takes over what was set before, or by another process. What does not fit here is logged, and not followed.
   * @throws {PlugboardError} with the code `store_failed`.
   */
  follow(): Promise<void> {
    return this.#inTurn(() => this.#follow())
  }

  /**
   * Warns of every need of which the configuration of this start says something that what was set before goes before, and
   * of policies that the code of the bot gives to a need and that do not hold since the configuration binds it otherwise.
   */
  warnOfOverridden(): void {
    for (const [{ current }, { consumer, name, binding, source, replaced }] of this.#composed) {
      if (source !== 'configuration') continue
      const { solved } = current
      const warn = (message: string): void =>
        this.#services.logger.warn(message, {
          code: 'binding_overridden' satisfies ErrorCode,
          consumer,
          need: name,
        })
      if (JSON.stringify(solved.binding) !== JSON.stringify(binding)) {
        warn(
          `'${consumer}.${name}' is bound to ${listed(solved.binding.to.map(aliasOf))}, as was set while the bot ran, which goes before ${listed(binding.to.map(aliasOf))} of --bind, ${bindingVariable(consumer, name)} or the configuration file: DELETE /admin/bindings/${consumer}/${name} or bindings.reset('${consumer}', '${name}') takes it back`,
        )
        continue
      }
      const kept = new Set(binding.policies.map(({ policy }) => policy))
      const lost = (replaced?.policies ?? []).map(({ policy }) => policy).filter((policy) => !kept.has(policy))
      if (lost.length > 0)
        warn(
          `'${consumer}.${name}' is bound to ${listed(binding.to.map(aliasOf))} by --bind, ${bindingVariable(consumer, name)} or the configuration file, without ${listed(lost)}, which the code of the bot gives it: a binding is replaced as a whole, and has the policies that are written in its long form`,
        )
    }
  }

  [Symbol.dispose](): void {
    this.#unlisten()
  }

  async #change(slot: NeedSlot, binding: Binding | undefined): Promise<BindingReport> {
    const { store, announcer } = this.#services
    const before = slot.current
    const { consumer, name } = before.solved
    this.#bind(slot, binding, before.generation + 1)
    try {
      const generation = await store.setBinding(consumer, name, binding)
      slot.current = { ...slot.current, generation: generation + 1 }
    } catch (error) {
      this.#restore(slot, before)
      throw error
    }
    // Whoever misses it follows with the next beat of its heart.
    await announcer.announce(topic).catch(() => {})
    return report(slot.current)
  }

  async #follow(): Promise<void> {
    const { store, logger } = this.#services
    for (const { consumer, need, binding, generation } of await store.listBindings()) {
      const slot = this.#slots.get(consumer)?.get(need)
      // What is bound as composed is of the first generation; those of the store count on from there.
      if (!slot || generation < slot.current.generation || this.#refused.get(slot) === generation) continue
      try {
        this.#bind(slot, binding, generation + 1)
      } catch (error) {
        this.#refused.set(slot, generation)
        logger.warn(`the binding of '${consumer}.${need}' that was set does not fit here, and is not followed`, {
          error,
        })
      }
    }
  }

  /** Binds a need; to undefined as it was composed. If that does not fit, everything is as before. */
  #bind(slot: NeedSlot, binding: Binding | undefined, generation: number): void {
    const { installations, calls } = this.#services
    const composed = this.#composed.get(slot) as SolvedNeed
    const { consumer, name, need } = composed
    const subject = `the binding of '${consumer}.${name}'`
    const solved = binding
      ? solveNeed({ consumer, name, need, bindings: [{ source: 'set while running', binding }] }, installations)
      : composed
    if (!('binding' in solved)) throw new CompositionError(subject, solved)
    const before = slot.current
    slot.current = bindNeed(solved, generation, calls)
    const problems = this.#services.consumer(consumer)?.configure() ?? []
    if (problems.length === 0) return
    this.#restore(slot, before)
    throw new CompositionError(subject, problems, {}, 'configuration_invalid')
  }

  #restore(slot: NeedSlot, before: BoundNeed): void {
    slot.current = before
    this.#services.consumer(before.solved.consumer)?.configure()
  }

  /** One change after another. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#last.then(change)
    this.#last = result.catch(() => {})
    return result
  }

  #slot(consumer: string, need: string): NeedSlot {
    const slot = this.#slots.get(consumer)?.get(need)
    if (slot) return slot
    const known = [...this.#slots].flatMap(([alias, slots]) => [...slots.keys()].map((name) => `${alias}.${name}`))
    throw new PlugboardError({
      code: 'need_unknown',
      message: `there is no need '${consumer}.${need}'; there are ${known.join(', ') || 'none'}`,
    })
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
