import type { OwnEntity, Substitute } from './entity.ts'
import type { ExtensionOf, FinalName, Mapping } from './extension.ts'
import type { InterfaceTypes } from './interface-definition.ts'
import type { ActionTypes, ChannelTypes, Members, Section } from './members.ts'
import type { Sides } from './schema.ts'

/**
 * What a sound extension satisfies. In the place of a mistake stands a sentence, which the compiler then shows:
 * `Type '…' is not assignable to type '"entity 'modelRef': field 'id' is missing"'`.
 * The parts are mapped types, which the compiler resolves only in the last comparison.
 */
export interface Sound<TTypes extends Members, TInterface extends InterfaceTypes, X extends ExtensionOf<TInterface>> {
  entities: { [K in keyof X['entities']]: EntityProblem<TInterface, X['entities'][K], K> }
  actions?: { [K in keyof X['actions']]: RenamingProblem<'actions', TTypes, TInterface, X, K> }
  events?: { [K in keyof X['events']]: RenamingProblem<'events', TTypes, TInterface, X, K> }
  channels?: { [K in keyof X['channels']]: RenamingProblem<'channels', TTypes, TInterface, X, K> }
  capabilities?: readonly (keyof TInterface['capabilities'])[]
}

// Entities

type EntityProblem<TInterface extends InterfaceTypes, TMapped, K> = K extends keyof TInterface['entities']
  ? TMapped extends OwnEntity<Pick<TInterface['entities'][K], 'parsed'>>
    ? unknown
    : TMapped extends OwnEntity<infer TSides extends Sides>
      ? FieldProblem<K & string, TInterface['entities'][K]['parsed'], TSides['parsed']>
      : unknown extends TMapped
        ? `entity '${K & string}' of interface '${TInterface['name']}' is not mapped`
        : `entity '${K & string}': map it to one of the definition's own entities`
  : `interface '${TInterface['name']}' has no entity '${K & string}'`

type FieldProblem<TName extends string, TBase, TGiven> = {
  [K in keyof TBase]: K extends keyof TGiven
    ? TGiven[K] extends TBase[K]
      ? never
      : Exclude<TGiven[K], undefined> extends TBase[K]
        ? `entity '${TName}': field '${K & string}' is optional, the interface requires it`
        : `entity '${TName}': field '${K & string}' has another type than in the interface`
    : `entity '${TName}': field '${K & string}' is missing`
}[keyof TBase]

// Renaming

type Singular = { actions: 'action'; events: 'event'; channels: 'channel' }

type RenamingProblem<
  S extends Section,
  TTypes extends Members,
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface>,
  K,
> = K extends keyof TInterface[S]
  ? FinalName<X[S], K> extends FinalName<X[S], Exclude<keyof TInterface[S], K>>
    ? `${Singular[S]} '${K & string}': the name '${FinalName<X[S], K> & string}' is taken by another ${Singular[S]} of interface '${TInterface['name']}'`
    : OrUnknown<ConflictOf<S, TTypes, TInterface, X, K>>
  : `interface '${TInterface['name']}' has no ${Singular[S]} '${K & string}'`

type OrUnknown<TProblem> = [TProblem] extends [never] ? unknown : TProblem

// Members of one name

/** `unknown`, or a sentence where an own member and the interface's use one name for different things. */
export type Distinct<
  TTypes extends Members,
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface>,
> = keyof TTypes['declares'] extends never
  ? unknown
  : OrUnknown<Conflicts<keyof TTypes['declares'] & Section, TTypes, TInterface, X>>

type Conflicts<
  S extends Section,
  TTypes extends Members,
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface>,
> = S extends S
  ? {
      [K in keyof TTypes[S] & keyof TInterface[S]]: FinalName<X[S], K> extends K
        ? ConflictOf<S, TTypes, TInterface, X, K>
        : never
    }[keyof TTypes[S] & keyof TInterface[S]]
  : never

type ConflictOf<
  S extends Section,
  TTypes extends Members,
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface>,
  K,
> =
  FinalName<X[S], K> extends infer TName extends keyof TTypes[S] & string
    ? X[S] extends { [N in K & string]: { assume: true } }
      ? never
      : Difference<
            S,
            TTypes[S][TName],
            Member<Substitute<TInterface[S], Mapping<TInterface, X>>, K>
          > extends infer TDifference extends string
        ? `${Singular[S]} '${K & string}': a '${TName}' that is there already ${TDifference}; rename one of them`
        : never
    : never
type Member<TMembers, K> = K extends keyof TMembers ? TMembers[K] : never

/** In what an own member is no refinement of the interface's; `never` if it is one. */
type Difference<S extends Section, TOwn, TBase> = S extends 'actions'
  ? ActionDifference<TOwn, TBase>
  : S extends 'events'
    ? EventDifference<TOwn, TBase>
    : ChannelDifference<TOwn, TBase>

type ActionDifference<TOwn, TBase> = TOwn extends ActionTypes
  ? TBase extends ActionTypes
    ? TBase['input'] extends TOwn['input']
      ? TOwn['output'] extends TBase['output']
        ? never
        : 'has an incompatible output'
      : 'has a narrower input'
    : never
  : never

type EventDifference<TOwn, TBase> = TOwn extends Sides
  ? TBase extends Sides
    ? TOwn['parsed'] extends TBase['parsed']
      ? never
      : 'has an incompatible payload'
    : never
  : never

type ChannelDifference<TOwn, TBase> = TOwn extends ChannelTypes
  ? TBase extends ChannelTypes
    ? {
        [M in keyof TOwn['messages'] & keyof TBase['messages']]: MessageDifference<
          TOwn['messages'][M],
          TBase['messages'][M],
          M & string
        >
      }[keyof TOwn['messages'] & keyof TBase['messages']]
    : never
  : never
type MessageDifference<TOwn extends Sides, TBase extends Sides, M extends string> = TBase['input'] extends TOwn['input']
  ? TOwn['parsed'] extends TBase['parsed']
    ? never
    : `has an incompatible message '${M}'`
  : `has a narrower message '${M}'`

// Interfaces implemented twice

/** `unknown`, or a sentence where an interface is implemented twice under one name, by different entities. */
export type Named<
  TTypes extends Members,
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface>,
  TAs,
> = TInterface['name'] extends keyof TTypes['interfaces']
  ? TTypes['interfaces'][TInterface['name']] extends { [A in TAs & string]: { entities: infer TEntities } }
    ? X['entities'] extends TEntities
      ? unknown
      : `interface '${TInterface['name']}' is implemented already as '${TAs & string}'; give this one a name of its own: extend(…, …, { as: '…' })`
    : unknown
  : unknown
