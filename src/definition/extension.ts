import type { Entity, OwnEntity, Substitute } from './entity.ts'
import type { InterfaceTypes } from './interface-definition.ts'
import type { ActionMetadata, Members } from './members.ts'

/** A new name or new texts for a member of an interface. */
export type Renaming = {
  name?: string
  title?: string
  description?: string
  /** Vouches for an own member of the same name where it cannot be proved that it refines the interface's. Default: false. */
  assume?: boolean
}

/** What may be said anew of a channel: its tags join the interface's. */
export type ChannelRenaming = Renaming & { message?: Tagged; conversation?: Tagged }
type Tagged = { tags?: Record<string, { title?: string; description?: string }> }

/** What the callback of `extend()` returns for an interface. Open to other keys, so that `Sound` can refuse them with a sentence. */
export type ExtensionOf<TInterface extends InterfaceTypes> = {
  entities: Record<string, unknown>
  actions?: { [K in keyof TInterface['actions']]?: Renaming & ActionMetadata } & Record<
    string,
    Renaming & ActionMetadata
  >
  events?: { [K in keyof TInterface['events']]?: Renaming } & Record<string, Renaming>
  channels?: { [K in keyof TInterface['channels']]?: ChannelRenaming } & Record<string, ChannelRenaming>
  /** The optional powers of the interface that the integration has. They can shrink by configuration, never grow. */
  capabilities?: readonly string[]
}

/** The extension of an interface that has no entities. */
export type PlainExtension = {
  entities: Record<never, never>
  actions?: {}
  events?: {}
  channels?: {}
  capabilities?: readonly []
}

/** The entities of a definition as the callback of `extend()` receives them. */
export type OwnEntities<TTypes extends Members> = { [K in keyof TTypes['entities']]: OwnEntity<TTypes['entities'][K]> }

/** The same where an interface extends: its entities stay references, for whoever implements it to map. */
export type OwnReferences<TTypes extends Members> = {
  [K in keyof TTypes['entities']]: OwnEntity<{
    input: Entity<K, TTypes['entities'][K]['input'], 'input'>
    parsed: Entity<K, TTypes['entities'][K]['parsed'], 'parsed'>
  }>
}

/** The record type of a definition, extended by `TInterface`. Own members of the same name stay: they refine. */
// One alias around all of it, which declaration files name: `TTypes & Added<TTypes, …>` would write `TTypes` twice, doubled by every further call of a chain.
export type Extended<
  TTypes extends Members,
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface> | PlainExtension,
  TAs extends string,
> = TTypes & {
  actions: Renamed<
    Substitute<TInterface['actions'], Mapping<TInterface, X>>,
    X['actions'],
    keyof TTypes['actions'],
    Withheld<TInterface, Claimed<X>>
  >
  events: Renamed<Substitute<TInterface['events'], Mapping<TInterface, X>>, X['events'], keyof TTypes['events'], never>
  channels: Renamed<
    Substitute<TInterface['channels'], Mapping<TInterface, X>>,
    X['channels'],
    keyof TTypes['channels'],
    never
  >
  declares: { actions: true; events: true; channels: true }
  interfaces: { [K in TInterface['name'] | keyof TInterface['interfaces']]: Implementations<TInterface, X, K, TAs> }
}

/** The entities of an interface that must be mapped. */
export type RequiredEntities<TInterface extends InterfaceTypes> = Exclude<
  keyof TInterface['entities'],
  keyof TInterface['optional']
>

/** By the interface's entity: what stands for it, which is the entity itself where an optional one is not mapped. */
export type Mapping<TInterface extends InterfaceTypes, X extends { entities: object }> = [
  keyof TInterface['optional'],
] extends [keyof X['entities']]
  ? X['entities']
  : X['entities'] & {
      [K in Exclude<keyof TInterface['optional'], keyof X['entities']> & keyof TInterface['entities']]: OwnEntity<
        TInterface['entities'][K]
      >
    }

type Implementations<
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface> | PlainExtension,
  K,
  TAs extends string,
> = K extends keyof TInterface['interfaces']
  ? { [A in NameOf<TInterface, TAs, K & string>]: Ancestor<TInterface['interfaces'][K], X> }
  : {
      [A in NameOf<TInterface, TAs>]: {
        version: TInterface['version']
        capabilities: Claimed<X>
        entities: X['entities']
      }
    }
/** The name of an implementation: the interface's, or its ancestor's, unless `as` gives another. */
export type NameOf<TInterface extends InterfaceTypes, TAs, TName extends string = TInterface['name']> = [
  Exclude<TAs, TInterface['name']>,
] extends [never]
  ? TName
  : TAs & string

type Ancestor<TAncestor, X> =
  TAncestor extends Record<string, { version: infer TVersion }>
    ? { version: TVersion; capabilities: Claimed<X>; entities: {} }
    : never

/** The capabilities that an extension claims. */
export type Claimed<X> = X extends { capabilities: readonly (infer TCapability extends string)[] } ? TCapability : never

/** The actions that belong to a capability which is not claimed. */
export type Withheld<TInterface extends InterfaceTypes, TCapabilities> = {
  [K in keyof TInterface['gated']]: TInterface['gated'][K] extends TCapabilities ? never : K
}[keyof TInterface['gated']]

type Renamed<TMembers, TNames, TTaken, TWithheld> = [keyof TNames | (keyof TMembers & (TTaken | TWithheld))] extends [
  never,
]
  ? TMembers
  : { [K in keyof TMembers as Exclude<FinalName<TNames, Exclude<K, TWithheld>>, TTaken>]: TMembers[K] }

/** The name that the member `K` of an interface has in the definition that extends it. */
export type FinalName<TNames, K> = K extends keyof TNames
  ? TNames[K] extends { name: infer TName extends string }
    ? TName
    : K
  : K
