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
 * @throws {DefinitionError} with the code `definition_invalid`, if the range or a capability does not exist.
 */
export function need<
  I extends InterfaceTypes,
  const TVersion extends string = `^${I['version']}`,
  const TCapability extends Declared<keyof I['capabilities']> = never,
>(
  base: OfKind<'interface', I>,
  options?: NeedOptions<TVersion, TCapability>,
): Need<{ members: I; requires: { [K in I['name']]: { version: TVersion; capabilities: TCapability } } }>
export function need<
  const TGiven extends readonly OfKind<'interface', InterfaceTypes>[],
  const TCapability extends Declared<keyof JoinedTypes<TGiven, 'capabilities'>> = never,
>(
  bases: TGiven,
  options: { share: Shareable<TGiven>; capabilities?: readonly TCapability[] },
): Need<{ members: SharedMembers<TGiven>; requires: RequiredOf<TGiven, TCapability> }>
export function need(bases: Refused<"say which entity the interfaces share: need([…], { share: '…' })">): never
export function need(given: unknown, options: NeedOptions<string, PropertyKey> & { share?: string } = {}): never {
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
  return Object.freeze({ kind: 'need', requirements: Object.freeze(requirements), share: options.share }) as never
}

/** The requirements of what was given as a need: a need, or an interface, which means its caret range. */
export function needFrom(given: Need | InterfaceDefinition): Need {
  return given.kind === 'need' ? given : need(given)
}
