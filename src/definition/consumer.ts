import type { z } from 'zod'
import type { Entity, OwnEntity, Substitute } from './entity.ts'
import type { Withheld } from './extension.ts'
import type { InterfaceTypes } from './interface-definition.ts'
import type { ActionMetadata, Members, OfKind } from './members.ts'
import type { NeedOf, NeedTypes } from './need.ts'
import type { Described, Input, ObjectSchema, Output, Sides, SidesOf } from './schema.ts'
import type { SecretProps, SecretsOf } from './secrets.ts'
import type { Tags } from './tags.ts'

/** Needs by name: interfaces, or what `need()` gives. */
export type Needs = Record<
  string,
  OfKind<'interface', InterfaceTypes> | { readonly kind: 'need'; readonly $need: NeedTypes }
>

/** A schema, or a builder of one from references to the entities of the needs: `({ entities }) => z.object({ model: entities.llm.modelRef })`. */
export type Built<TNeeds> = Described<
  ObjectSchema | ((references: { entities: NeedReferences<TNeeds> }) => ObjectSchema)
>
/** The same for configuration, which a bot's author writes as plain data. */
// The schema is inferred, not just constrained: against a constraint the compiler compares it member by member, at 6,000 instantiations for each definition.
export type BuiltConfiguration<TNeeds, TSchema> = Described<
  TSchema | ((references: { entities: ConfigurationReferences<TNeeds> }) => TSchema)
>

type NeedReferences<TNeeds> = {
  [K in keyof TNeeds]: {
    [E in keyof EntitiesOf<TNeeds[K]>]: z.ZodType<
      NeedEntity<K, E, EntitiesOf<TNeeds[K]>[E]>,
      NeedEntity<K, E, EntitiesOf<TNeeds[K]>[E]>
    >
  }
}
type ConfigurationReferences<TNeeds> = {
  [K in keyof TNeeds]: {
    [E in keyof EntitiesOf<TNeeds[K]>]: z.ZodType<
      NeedEntity<K, E, EntitiesOf<TNeeds[K]>[E]>,
      SideOf<EntitiesOf<TNeeds[K]>[E], 'input'>
    >
  }
}
type EntitiesOf<TGiven> = NeedOf<TGiven> extends { members: { entities: infer TEntities } } ? TEntities : {}
type SideOf<TSides, S extends keyof Sides> = TSides extends Sides ? TSides[S] : never

/** An entity as its consumer sees it: opaque, and marked by need and entity, so that another provider's does not fit. */
export type NeedEntity<TNeed, TEntity, TSides> = Entity<
  `${TNeed & string}.${TEntity & string}`,
  SideOf<TSides, 'parsed'>
>

/** What plugins and bots declare alike. */
export type ConsumerProps<TNeeds, TConfiguration = ObjectSchema> = {
  /** The interfaces that are needed, by the name under which they are used. */
  interfaces?: TNeeds
  configuration?: BuiltConfiguration<TNeeds, TConfiguration>
  actions?: Record<string, ActionMetadata & { input: Built<TNeeds>; output: Built<TNeeds> }>
  events?: Record<string, Built<TNeeds>>
  states?: Record<string, StateProps<TNeeds>>
  /** Events that happen by the clock. */
  recurringEvents?: Record<string, RecurringEvent>
  /** Rows of a type, kept by the runtime: plain JSON, of which `id`, `createdAt` and `updatedAt` are the runtime's own. */
  tables?: Record<string, Described>
  /** Work that outlives a handler. */
  workflows?: Record<string, WorkflowProps>
  user?: Tags
  conversation?: Tags
  message?: Tags
  /** Secrets of the author, in SCREAMING_SNAKE_CASE. */
  secrets?: SecretProps
}

/** A value that is kept for a conversation, a user, a workflow or the whole bot. */
export type StateProps<TNeeds> = Built<TNeeds> & {
  type: 'conversation' | 'user' | 'bot' | 'workflow'
  /** How long it is kept after it was last set, in milliseconds. Default: for ever. */
  expiry?: number
}

/** Work that outlives a handler. Its input and output are plain JSON. */
export type WorkflowProps = {
  title?: string
  description?: string
  input: Described
  output: Described
  tags?: Tags['tags']
  /** Milliseconds after which it times out, where its start says nothing else. Default: 5 minutes. */
  timeout?: number
}

/**
 * An event that happens by the clock: once a slot, over restarts and in however many processes. Of the slots that are missed,
 * because the bot does not run or the clock is put forward, only the latest one happens, when it runs again; a recurring event
 * that is new or whose expression was changed has missed none. A slot that has happened does not happen again when the clock
 * is put back.
 */
export type RecurringEvent = {
  /** The name of the event, one of `events`. */
  type: string
  payload: object
  schedule: {
    /** A cron expression of five or six fields, in UTC: where summer time begins, nine o’clock in UTC is an hour later by the clock on the wall, and no slot is skipped or comes twice. */
    cron: string
  }
}

/** The record type of a plugin or bot. */
export type ConsumerTypes = {
  name: string
  configuration: Sides
  needs: Record<string, NeedTypes>
  actions: Members['actions']
  events: Record<string, Sides>
  states: Record<string, Sides>
  tables: Record<string, Sides>
  workflows: Record<string, { input: Sides; output: Sides }>
  secrets: object
  takesTools: boolean
}

/** The record type that the properties of a plugin or bot declare. */
// The needs are taken from the properties, not from a parameter of their own: declaration files would write them twice.
export interface ConsumerTypesOf<TProps> {
  name: TProps extends { name: infer TName extends string } ? TName : string
  configuration: TProps extends { configuration: infer TConfiguration } ? SidesOf<TConfiguration> : Sides<{}, {}>
  needs: SectionOf<TProps, 'interfaces'> extends infer TNeeds ? { [K in keyof TNeeds]: NeedOf<TNeeds[K]> } : never
  actions: SectionOf<TProps, 'actions'> extends infer TActions
    ? { [K in keyof TActions]: ActionTypesOf<TActions[K]> }
    : never
  events: SectionOf<TProps, 'events'> extends infer TEvents ? { [K in keyof TEvents]: SidesOf<TEvents[K]> } : never
  states: SectionOf<TProps, 'states'> extends infer TStates ? { [K in keyof TStates]: SidesOf<TStates[K]> } : never
  tables: SectionOf<TProps, 'tables'> extends infer TTables ? { [K in keyof TTables]: SidesOf<TTables[K]> } : never
  workflows: SectionOf<TProps, 'workflows'> extends infer TWorkflows
    ? { [K in keyof TWorkflows]: WorkflowTypesOf<TWorkflows[K]> }
    : never
  secrets: SecretsOf<SectionOf<TProps, 'secrets'>>
  takesTools: TProps extends { takesTools: true } ? true : false
}
type SectionOf<TProps, K extends string> = TProps extends { [P in K]: infer TSection } ? TSection : {}
type WorkflowTypesOf<TWorkflow> = TWorkflow extends { input: infer TInput; output: infer TOutput }
  ? { input: SidesOf<TInput>; output: SidesOf<TOutput> }
  : never
type ActionTypesOf<TAction> = TAction extends { input: { schema: infer TInput }; output: { schema: infer TOutput } }
  ? { input: Input<TInput>; parsed: Output<TInput>; returned: Input<TOutput>; output: Output<TOutput>; item: never }
  : never

/** An interface as its consumer sees it under the name `K` of its need: opaque entities in and out, and a way to parse one. */
export type InterfaceClient<TNeed extends NeedTypes, K> = {
  [A in Exclude<keyof TNeed['members']['actions'], Unavailable<TNeed>>]: ActionClient<
    TNeed['members']['actions'][A],
    NeedEntities<TNeed['members'], K>
  >
} & {
  entities: {
    [E in keyof TNeed['members']['entities']]: EntityParser<NeedEntity<K, E, TNeed['members']['entities'][E]>>
  }
  /** The capabilities that whatever is bound at the moment has; of several candidates, those that all of them have. */
  readonly capabilities: readonly Capability<TNeed['members']['capabilities']>[]
}
/** The names of capabilities; any text where it is not known which there are. */
type Capability<TCapabilities> = [keyof TCapabilities] extends [never] ? string : keyof TCapabilities & string

/** The same, or undefined while another need is bound in its place. */
export type BoundClient<TNeed extends NeedTypes, K> =
  | InterfaceClient<TNeed, K>
  | (TNeed extends { unless: string } ? undefined : never)

/** Turns outside data into an entity. */
export interface EntityParser<TEntity> {
  /**
   * Validates a value against the bound integration's own schema.
   * @throws {ValidationError} with the code `entity_invalid`.
   */
  parse(value: unknown): TEntity
  /** The same without throwing: undefined for what is no entity. */
  safeParse(value: unknown): TEntity | undefined
}

/** What a call may say beside its input. */
export interface CallOptions {
  /** Aborts the call, which then fails with the code `aborted`. */
  signal?: AbortSignal
}

/** An action as a function. One that streams gives its items as they come; the output is what it ends with. */
export type ActionClient<TAction, TEntities> = TAction extends {
  input: infer TInput
  output: infer TOutput
  item: infer TItem
}
  ? [TItem] extends [never]
    ? (input: Substitute<TInput, TEntities>, options?: CallOptions) => Promise<Substitute<TOutput, TEntities>>
    : (
        input: Substitute<TInput, TEntities>,
        options?: CallOptions,
      ) => ActionStream<Substitute<SideOf<TItem, 'parsed'>, TEntities>, Substitute<TOutput, TEntities>>
  : never

/**
 * The items of a streaming action, to be read once. The loop over it ends normally when the action is done;
 * it throws with the code `aborted` if it was aborted, and with the action's error if it failed.
 */
export interface ActionStream<TItem, TOutput> extends AsyncIterable<TItem> {
  /** What the action ends with. Rejects as the loop throws. Reads the rest of the stream if nobody else does. */
  output(): Promise<TOutput>
}

/** The actions that belong to a capability which is not required, and that nothing stands in for. */
type Unavailable<TNeed extends NeedTypes> = Exclude<
  Withheld<TNeed['members'], TNeed['requires'][keyof TNeed['requires']]['capabilities']>,
  keyof TNeed['members']['downgraded']
>

/** What stands for the entities of an interface under the name `K` of a need. */
export type NeedEntities<TMembers extends Members, K> = {
  [E in keyof TMembers['entities']]: OwnEntity<
    Sides<NeedEntity<K, E, TMembers['entities'][E]>, NeedEntity<K, E, TMembers['entities'][E]>>
  >
}
