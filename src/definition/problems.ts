import type { OwnEntity, Substitute } from './entity.ts'
import type { ExtensionOf, FinalName, Mapping, NameOf, RequiredEntities } from './extension.ts'
import type { InterfaceTypes } from './interface-definition.ts'
import type { ActionTypes, ChannelTypes, Members, Section } from './members.ts'
import type { KindOf, OtherKind } from '../types/kind-of.ts'
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
  ? TMapped extends OwnEntity<{ parsed: TInterface['entities'][K]['parsed'] }>
    ? unknown
    : Sentence<TMapped, `${Named<'entity', K, TInterface>}${EntityFault<TMapped, TInterface['entities'][K]['parsed']>}`>
  : string extends K
    ? unknown
    : `interface '${TInterface['name']}' has no entity '${K & string}'`

type Named<
  TKind extends string,
  K,
  TInterface extends InterfaceTypes,
> = `${TKind} '${K & string}' of interface '${TInterface['name']}'`

declare const refused: unique symbol
/** A sentence where something is given. In an object where that is a primitive: a text and another one are `never` together. */
type Sentence<TGiven, TSentence> = TGiven extends object ? TSentence : Refused<TSentence>
/** Nothing is assignable to it: it says why. */
interface Refused<TSentence> {
  readonly [refused]: TSentence
}

type EntityFault<TMapped, TBase> =
  TMapped extends OwnEntity<infer TSides extends Sides>
    ? Otherwise<FieldFault<TBase, TSides['parsed']>, ': it is mapped to an entity that is no refinement of it'>
    : ": map it to one of the definition's own entities"
type Otherwise<T extends string, TElse extends string> = [T] extends [never] ? TElse : T

type FieldFault<TBase, TGiven> = string extends keyof TBase
  ? ValueFault<TBase[string & keyof TBase], TGiven>
  : string extends keyof TGiven
    ? ': it is mapped to a record, but has fields'
    : {
        [K in keyof TBase]: K extends keyof TGiven
          ? TGiven[K] extends TBase[K]
            ? never
            : Exclude<TGiven[K], undefined> extends TBase[K]
              ? `: field '${K & string}' is optional, the interface requires it`
              : `: field '${K & string}' has another type, expected ${KindOf<TBase[K]>}, given ${OtherKind<TGiven[K], TBase[K]>}`
          : `: field '${K & string}' is missing, expected ${KindOf<TBase[K]>}`
      }[keyof TBase]

type ValueFault<TBase, TGiven> = {
  [K in keyof TGiven]: TGiven[K] extends TBase
    ? never
    : `: field '${K & string}' has another type than the record's values, expected ${KindOf<TBase>}, given ${KindOf<TGiven[K]>}`
}[keyof TGiven]

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
    ? `${Named<Singular[S], K, TInterface>}: the name '${FinalName<X[S], K> & string}' is taken by another ${Singular[S]} of the interface`
    : OrUnknown<ConflictOf<S, TTypes, TInterface, X, K>>
  : `interface '${TInterface['name']}' has no ${Singular[S]} '${K & string}'`

type OrUnknown<TProblem> = [TProblem] extends [never] ? unknown : TProblem

// The extension as a whole

/**
 * `unknown`, or a sentence where an extension lacks an entity or has a part that there is not, where an own member and
 * the interface's use one name for different things, or where the interface is implemented already under one name, by
 * other entities.
 */
export type Coherent<
  TTypes extends Members,
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface>,
  TAs,
> =
  RequiredEntities<TInterface> extends keyof X['entities']
    ? keyof X extends Part
      ? keyof TTypes['declares'] extends never
        ? unknown
        : OrUnknown<Conflicts<keyof TTypes['declares'] & Section, TTypes, TInterface, X>> &
            Repetition<TTypes, TInterface, X, TAs>
      : `extend() takes no '${Exclude<keyof X, Part> & string}'`
    : Refused<`${Named<'entity', Exclude<RequiredEntities<TInterface>, keyof X['entities']>, TInterface>} is not mapped`>

type Part = Section | 'entities' | 'capabilities'

// Members of one name

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
        ? `${Named<Singular[S], K, TInterface>}: a '${TName}' that is there already ${TDifference}; rename one of them`
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
        ? StreamDifference<TOwn['item'], TBase['item']>
        : 'has an incompatible output'
      : 'has a narrower input'
    : never
  : never

type StreamDifference<TOwn, TBase> = [TBase] extends [never]
  ? [TOwn] extends [never]
    ? never
    : 'streams, and this does not'
  : [TOwn] extends [never]
    ? 'does not stream'
    : EventDifference<TOwn, TBase> extends never
      ? never
      : 'streams incompatible items'

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

type Repetition<
  TTypes extends Members,
  TInterface extends InterfaceTypes,
  X extends ExtensionOf<TInterface>,
  TAs,
> = TInterface['name'] extends keyof TTypes['interfaces']
  ? TTypes['interfaces'][TInterface['name']] extends {
      [A in NameOf<TInterface, TAs>]: { entities: infer TEntities }
    }
    ? SameEntities<X['entities'], TEntities> extends true
      ? unknown
      : `interface '${TInterface['name']}' is implemented already as '${NameOf<TInterface, TAs>}'; give this one a name of its own: extend(…, …, { as: '…' })`
    : unknown
  : unknown

/** Nothing is known of the entities of an interface that another one builds on. */
type SameEntities<TLeft, TRight> = {} extends TRight ? true : [TLeft, TRight] extends [TRight, TLeft] ? true : false
