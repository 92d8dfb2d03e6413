import type { ConsumerTypesOf, InterfaceDefinition, InterfaceTypes, Message, Need } from 'plugboard'
import type { RunningBot } from 'plugboard/runtime'
import type { About, AnyClient, Place, Shown } from './people.ts'

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
  /** The client that the integration's own handlers have: it tells what the integration has stored. */
  readonly client: AnyClient
  /**
   * A conversation of the platform in which somebody has written: the same one whenever it is asked for. The check is skipped
   * where the integration's test does not say how people write to it.
   */
  place(): Promise<Place>
  /**
   * Has people do something on the platform: `write`, or an act of the contract. Gives the messages that came in by it. The
   * check is skipped where the integration's test does not say how it is done.
   */
  act(name: string, about?: About): Promise<readonly Message[]>
  /** Writes as the bot. Gives the message when it was sent, and throws why it was not. It is tried once. */
  send(message: { conversationId: string; type: string; payload: object }): Promise<Message>
  /** What the platform was asked to show of a kind. The check is skipped where that cannot be told. */
  shown<K extends keyof Shown>(kind: K): Promise<NonNullable<Shown[K]>>
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

/** By the name of a field: the id of something that there is. */
export type Ids = Readonly<Record<string, string>>

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
  /** What people can do on the platform beside `write`, each in a sentence. */
  readonly acts: Readonly<Record<string, string>>
  /**
   * Ids for whatever is made from the schemas, by the name of the field that holds one: `conversationId`, say. Default: ids
   * are made up, so that they are of nothing.
   */
  readonly ids: ((context: ScenarioContext<I>) => Promise<Ids>) | undefined
  /** By channel: makes a conversation of it, and gives its id. Default: that in which people write, if it is of the channel. */
  readonly conversations: { readonly [K in keyof I['channels']]?: (context: ScenarioContext<I>) => Promise<string> }
}

/** What an author says of an interface, beside its schemas. */
export interface ContractProps<I extends InterfaceTypes> {
  readonly includes?: readonly OtherContract[]
  readonly samples?: Contract<I>['samples']
  readonly scenarios?: readonly Scenario<I>[]
  readonly situations?: Readonly<Record<string, string>>
  readonly acts?: Readonly<Record<string, string>>
  readonly ids?: (context: ScenarioContext<I>) => Promise<Ids>
  readonly conversations?: Contract<I>['conversations']
}
/** A contract of any interface. */
export type OtherContract = { readonly kind: 'contract' }

/** Writes down what an interface promises, for `runSuite()` to hold integrations to it. */
export function defineContract<I extends InterfaceTypes>(
  base: InterfaceDefinition<I>,
  props: ContractProps<I> = {},
): Contract<I> {
  const { includes = [], samples = {}, scenarios = [], situations = {}, acts = {}, ids, conversations = {} } = props
  return Object.freeze({
    kind: 'contract',
    interface: base,
    includes: includes as readonly Contract[],
    samples,
    scenarios,
    situations,
    acts,
    ids,
    conversations,
  })
}
