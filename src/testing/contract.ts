import type { ConsumerTypesOf, InterfaceDefinition, InterfaceTypes, Need } from 'plugboard'
import type { RunningBot } from 'plugboard/runtime'

/** An interface as its contract's scenarios use it: with every action, whatever the integration claims. */
export type Provider<I extends InterfaceTypes> = RunningBot<
  object,
  object,
  ConsumerTypesOf<{ name: 'suite'; interfaces: { provider: NeedOfAll<I> } }>
>['interfaces']['provider']
type NeedOfAll<I extends InterfaceTypes> = Need<{
  members: I
  requires: { [K in I['name']]: { version: `^${I['version']}`; capabilities: keyof I['capabilities'] } }
}>

/** What a scenario works with. Each scenario has an installation of its own, which keeps nothing of the others. */
export interface ScenarioContext<I extends InterfaceTypes = InterfaceTypes> {
  /** The integration, through the interface. */
  readonly provider: Provider<I>
  /** The name of the integration. */
  readonly integration: string
  /** The capabilities that the integration has. */
  readonly capabilities: readonly string[]
  /** An input that the integration takes for one of the interface's actions: one of the samples, else one made from the schema. */
  sample<K extends keyof I['actions'] & string>(action: K): Promise<InputOf<I, K>>
  /** A value of one of the entities, made from the integration's own schema. The same `which` gives the same. */
  make<K extends keyof I['entities'] & string>(entity: K, which?: number): EntityOf<I, K>
  /** What the integration has told of so far by one of the events, once it is quiet. */
  events<K extends keyof I['events'] & string>(event: K): Promise<readonly I['events'][K]['parsed'][]>
}
type InputOf<I extends InterfaceTypes, K> = K extends keyof Provider<I>
  ? Provider<I>[K] extends (input: infer TInput, ...rest: never) => unknown
    ? TInput
    : never
  : never
type EntityOf<I extends InterfaceTypes, K> =
  Provider<I> extends { entities: infer TEntities }
    ? K extends keyof TEntities
      ? TEntities[K] extends { parse(value: unknown): infer TEntity }
        ? TEntity
        : never
      : never
    : never

/** A promise of an interface that its schemas cannot say, put to the test. */
export interface Scenario<I extends InterfaceTypes = InterfaceTypes> {
  /** In kebab-case, and never changed: reports and deviations name it. */
  readonly name: string
  /** The promise, in a sentence. */
  readonly title: string
  /** The capabilities without which it is skipped. */
  readonly capabilities?: readonly (keyof I['capabilities'] & string)[]
  /** The situation that has to be brought about; skipped where nobody does. */
  readonly situation?: string
  run(context: ScenarioContext<I>): Promise<void>
}

/** An input of an action that is worth trying, or a function that makes one. */
export type Sample<I extends InterfaceTypes> =
  | Readonly<Record<string, unknown>>
  | ((context: ScenarioContext<I>) => unknown)

/** What an interface promises: its schemas, and the scenarios of its author. */
export interface Contract<I extends InterfaceTypes = InterfaceTypes> {
  readonly kind: 'contract'
  readonly interface: InterfaceDefinition<I>
  /** The contracts of the interfaces that it builds on. */
  readonly includes: readonly Contract[]
  /** By action: an input that every integration answers. */
  readonly samples: { readonly [K in keyof I['actions']]?: Sample<I> }
  readonly scenarios: readonly Scenario<I>[]
  /** What the integration's tests can bring about beside the situations that every interface has, each in a sentence. */
  readonly situations: Readonly<Record<string, string>>
}

/** What an author says of an interface, beside its schemas. */
export interface ContractProps<I extends InterfaceTypes> {
  readonly includes?: readonly OtherContract[]
  readonly samples?: Contract<I>['samples']
  readonly scenarios?: readonly Scenario<I>[]
  readonly situations?: Readonly<Record<string, string>>
}
/** A contract of any interface. */
export type OtherContract = { readonly kind: 'contract' }

/** Writes down what an interface promises, for `runSuite()` to hold integrations to it. */
export function defineContract<I extends InterfaceTypes>(
  base: InterfaceDefinition<I>,
  { includes = [], samples = {}, scenarios = [], situations = {} }: ContractProps<I> = {},
): Contract<I> {
  return Object.freeze({
    kind: 'contract',
    interface: base,
    includes: includes as readonly Contract[],
    samples,
    scenarios,
    situations,
  })
}
