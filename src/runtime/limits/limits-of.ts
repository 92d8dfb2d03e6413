import type { IntegrationDefinition } from '../../definition/integration-definition.ts'
import type { ConfigurationDefinition } from '../../definition/integration-data.ts'
import type { RateLimit, RateLimits } from '../../definition/rate-limits.ts'
import type { Limit } from '../ports/limit-store.ts'

/** The limits of one installation: those that always hold, those of its configuration, and those that it was given. */
export class LimitsOf {
  readonly #alias: string
  readonly #name: string
  readonly #messages: readonly RateLimit[]
  readonly #actions: readonly NonNullable<RateLimits['actions']>[]

  constructor(
    alias: string,
    { name, rateLimits }: IntegrationDefinition,
    configuration: ConfigurationDefinition | undefined,
    given: RateLimits,
  ) {
    const all = [rateLimits, configuration?.rateLimits ?? {}, given]
    this.#alias = alias
    this.#name = name
    this.#messages = all.flatMap(({ messages = [] }) => messages)
    this.#actions = all.map(({ actions = {} }) => actions)
  }

  /** Those of a message to a conversation. */
  ofMessages(conversationId: string): readonly Limit[] {
    return this.#limits('messages', this.#messages, conversationId)
  }

  /** Those of a call of an action. */
  ofCalls(action: string): readonly Limit[] {
    return ['*', action].flatMap((name) => {
      const limits = this.#actions.flatMap((actions) => (Object.hasOwn(actions, name) ? (actions[name] ?? []) : []))
      return this.#limits(`calls ${name}`, limits, '')
    })
  }

  #limits(of: string, limits: readonly RateLimit[], conversationId: string): readonly Limit[] {
    return limits.map(({ limit, per, scope = 'installation' }) => {
      const owner = scope === 'conversation' ? conversationId : scope === 'integration' ? this.#name : this.#alias
      // What waits in a conversation waits in its lane: one at a time.
      return { key: `${scope} ${owner} ${of} ${limit}/${per}`, limit, per, queues: scope !== 'conversation' }
    })
  }
}
