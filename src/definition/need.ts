// The module of the one type: the package's entry would have every author's compiler read all of it.
import type { IntersectOf } from 'ts-toolbelt/out/Union/IntersectOf.js'
import type { Refused } from '../types/refused.ts'
import type { InterfaceDefinition, InterfaceTypes } from './interface-definition.ts'
import type { Carrier, Members, OfKind } from './members.ts'
import { checkNeed } from './validation/check-need.ts'

/** A need, as types: the members that its holder may use, and what is required of the integration, by interface. */
export type NeedTypes = {
  members: InterfaceTypes
  requires: Record<string, { version: string; capabilities: PropertyKey }>
}

/** Interfaces that one integration must implement, in certain versions and with certain capabilities. */
export interface Need<TNeed extends NeedTypes = NeedTypes> {
  /** For the compiler alone. */
  readonly $need: TNeed
  readonly kind: 'need'
  readonly requirements: readonly Requirement[]
  /** The entities that all of the interfaces mean by this name are one and the same. */
  readonly share: string | undefined
  /** The need that may be bound in its place. */
  readonly unless?: string | undefined
  /** The interfaces whose events are heard where the integration implements them, too. */
  readonly hears?: readonly InterfaceDefinition[] | undefined
}

/** What is required of an integration for one interface. */
export interface Requirement {
  readonly interface: InterfaceDefinition
  /** A range of semantic versions. */
  readonly version: string
  readonly capabilities: readonly string[]
}

/** What `need()` takes beside the interface. */
export interface NeedOptions<TVersion extends string, TCapability> {
  /** A range of semantic versions. Default: the caret range of the interface's own version. */
  version?: TVersion
  /** Capabilities that the integration must have. Default: none. */
  capabilities?: readonly TCapability[]
}

/** What `need()` takes beside one interface. */
type SingleOptions<I extends InterfaceTypes, TUnless, THeard> = {
  /** Another need of the same definition: where that one is bound, this one may be bound to nothing. Default: none. */
  unless?: TUnless
  /** The entity that the interface and those in `hears` mean alike. */
  share?: keyof I['entities'] & string
  /** Interfaces whose events are heard, where the integration implements them by the same entity. Default: none. */
  hears?: THeard
}

/** A need, and which other one may be bound in its place. */
export type Alternative<TNeed extends NeedTypes, TUnless extends string> = [TUnless] extends [never]
  ? TNeed
  : TNeed & { unless: TUnless }

/** The need that a bare interface stands for: its caret range, no capabilities. */
export type BareNeed<I extends InterfaceTypes> = {
  members: I
  requires: { [K in I['name']]: { version: `^${I['version']}`; capabilities: never } }
}

/** A need, whether it was given as one or as a bare interface. */
export type NeedOf<TGiven> =
  TGiven extends Need<infer TNeed>
    ? TNeed
    : TGiven extends Carrier<infer I extends InterfaceTypes>
      ? BareNeed<I>
      : never

/** The members of several interfaces together. The entity that they share is one; those that they do not share keep to the interface that has them. */
export interface SharedMembers<TGiven extends readonly Carrier<InterfaceTypes>[]> {
  name: string
  version: string
  entities: Extract<JoinedTypes<TGiven, 'entities'>, Members['entities']>
  actions: Extract<JoinedTypes<TGiven, 'actions'>, Members['actions']>
  events: Extract<JoinedTypes<TGiven, 'events'>, Members['events']>
  channels: Extract<JoinedTypes<TGiven, 'channels'>, Members['channels']>
  interfaces: {}
  declares: {}
  capabilities: Extract<JoinedTypes<TGiven, 'capabilities'>, object>
  gated: Extract<JoinedTypes<TGiven, 'gated'>, object>
  downgraded: Extract<JoinedTypes<TGiven, 'downgraded'>, object>
  optional: {}
}
/** The members of an interface, with the events of others that mean the same entity. */
export interface HearingMembers<I extends InterfaceTypes, THeard extends readonly Carrier<InterfaceTypes>[]> {
  name: string
  version: string
  entities: I['entities']
  actions: I['actions']
  events: Extract<I['events'] & JoinedTypes<THeard, 'events'>, Members['events']>
  channels: I['channels']
  interfaces: {}
  declares: {}
  capabilities: I['capabilities']
  gated: I['gated']
  downgraded: I['downgraded']
  optional: {}
}
/** The members that the holder of a need of one interface may use. */
type Hearing<I extends InterfaceTypes, THeard extends readonly Carrier<InterfaceTypes>[]> = THeard extends readonly []
  ? I
  : HearingMembers<I, THeard>
type JoinedTypes<TGiven extends readonly Carrier<InterfaceTypes>[], K extends keyof InterfaceTypes> = IntersectOf<
  TGiven[number]['$types'][K]
>
type RequiredOf<TGiven extends readonly Carrier<InterfaceTypes>[], TCapability> = {
  [I in TGiven[number]['$types'] as I['name']]: {
    version: `^${I['version']}`
    capabilities: Extract<TCapability, keyof I['capabilities']>
  }
}
/** The capabilities that can be required; a sentence where there is none. */
type Declared<TCapability> = [TCapability] extends [never] ? 'no capability is declared' : TCapability
/** The entities that every one of the interfaces has; a sentence where there is none. */
type Shareable<TGiven extends readonly Carrier<InterfaceTypes>[]> = [
  keyof TGiven[number]['$types']['entities'],
] extends [never]
  ? 'the interfaces have no entity of one name'
  : keyof TGiven[number]['$types']['entities'] & string

/**
 * Asks for an interface by version range and capabilities: `need(llm, { capabilities: ['stream'] })`.
 * A list of interfaces that share an entity asks for one integration that implements them all by one entity,
 * so that what one gives fits the other: `need([listable, deletable], { share: 'item' })`.
 * One of two interfaces is asked for by needs that name each other, of which one may be bound to nothing:
 * `{ files: need(filesReadonly, { unless: 'storage' }), storage: need(storage, { unless: 'files' }) }`.
 * Events of other interfaces are heard where the integration implements these by the same entity:
 * `need(listable, { share: 'item', hears: [creatable, deletable] })`.
 * @throws {DefinitionError} with the code `definition_invalid`, if the range or a capability does not exist.
 */
export function need(bases: Refused<"say which entity the interfaces share: need([…], { share: '…' })">): never
export function need<
  const TGiven extends readonly OfKind<'interface', InterfaceTypes>[],
  const TCapability extends Declared<keyof JoinedTypes<TGiven, 'capabilities'>> = never,
>(
  bases: TGiven,
  options: { share: Shareable<TGiven>; capabilities?: readonly TCapability[] },
): Need<{ members: SharedMembers<TGiven>; requires: RequiredOf<TGiven, TCapability> }>
// The last one: of several, the compiler tells what is wrong with the last one alone.
export function need<
  I extends InterfaceTypes,
  const TVersion extends string = `^${I['version']}`,
  const TCapability extends Declared<keyof I['capabilities']> = never,
  const TUnless extends string = never,
  const THeard extends readonly OfKind<'interface', InterfaceTypes>[] = readonly [],
>(
  base: OfKind<'interface', I>,
  options?: NeedOptions<TVersion, TCapability> & SingleOptions<I, TUnless, THeard>,
): Need<
  Alternative<
    { members: Hearing<I, THeard>; requires: { [K in I['name']]: { version: TVersion; capabilities: TCapability } } },
    TUnless
  >
>
export function need(given: unknown, options: AnyOptions = {}): never {
  checkNeed(given, options)
  const bases = (Array.isArray(given) ? given : [given]) as readonly InterfaceDefinition[]
  const capabilities = (options.capabilities ?? []).map(String)
  const requirements = bases.map((base) =>
    Object.freeze({
      interface: base,
      version: options.version ?? `^${base.version}`,
      capabilities: Object.freeze(
        bases.length === 1
          ? capabilities
          : capabilities.filter((capability) => Object.hasOwn(base.capabilities, capability)),
      ),
    }),
  )
  const { share, unless, hears } = options
  return Object.freeze({
    kind: 'need',
    requirements: Object.freeze(requirements),
    share,
    ...(unless !== undefined && { unless }),
    ...(hears && { hears: Object.freeze([...hears]) }),
  }) as never
}
type AnyOptions = NeedOptions<string, PropertyKey> & {
  share?: string
  unless?: string
  hears?: readonly InterfaceDefinition[]
}

/** The requirements of what was given as a need: a need, or an interface, which means its caret range. */
export function needFrom(given: Need | InterfaceDefinition): Need {
  return given.kind === 'need' ? given : need(given)
}
