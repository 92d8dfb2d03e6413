import type { References } from './entity.ts'
import { type ExtensionCallback, type ExtensionRecord, extendDefinition } from './extend.ts'
import type { Extended, ExtensionOf, OwnReferences, PlainExtension } from './extension.ts'
import {
  type ActionMetadata,
  type OfKind,
  developmentVersion,
  type Head,
  type Members,
  type MembersOf,
} from './members.ts'
import { type InterfaceMembers, readInterfaceMembers } from './interface-members.ts'
import type { Coherent, Sound } from './problems.ts'
import type { Described, ObjectSchema } from './schema.ts'
import { checkInterface } from './validation/check-interface.ts'

/** A schema that is built from references to the interface's entities: `({ modelRef }) => z.object({ model: modelRef })`. */
export type Builder<TEntities> = Described<(entities: References<TEntities>) => ObjectSchema>

/** An action that an interface declares. */
export type InterfaceAction<TEntities> = ActionMetadata & {
  input: Builder<TEntities>
  output: Builder<TEntities>
  /** What the action gives bit by bit before its output. Its handler is an async generator that yields these and returns the output. */
  stream?: Builder<TEntities>
  /** The capability without which an integration does not have this action. */
  capability?: string
  /** The action that stands in where the capability is missing, and how its output becomes items. The caller sees a stream of those. */
  downgrade?: { to: string; items: (output: never) => readonly object[] }
  /** Fields of the input that need a capability, by their paths: `{ tools: 'tools', 'messages[].images': 'imageInput' }`. Using one without it gives `capability_missing`, before the integration is called. */
  fieldCapabilities?: Record<string, string>
  /** What a call cost, in US dollars, told from its output: for `meter` and `budget`. */
  cost?: (output: never) => number | undefined
}

/** What an interface declares; `TEntities` holds the schemas of its entities, so that builders can refer to them. */
export type InterfaceProps<TEntities extends Record<string, ObjectSchema>> = {
  /** One that is `optional` need not be mapped; it is then as the interface declares it. */
  entities?: { [K in keyof TEntities]: Described<TEntities[K]> & { optional?: boolean } }
  actions?: Record<string, InterfaceAction<TEntities>>
  events?: Record<string, Builder<TEntities>>
  channels?: Record<string, { title?: string; description?: string; messages: Record<string, Builder<TEntities>> }>
  /** Optional powers, each with a sentence that says what it promises. */
  capabilities?: Record<string, string>
  /** Whether too few integrations implement it to know that its shape holds: it may change with any version. Default: false. */
  experimental?: boolean
}

/** The record type of an interface. `gated` has the capability of each action that needs one. */
export type InterfaceTypes = Members & { capabilities: object; gated: object; downgraded: object; optional: object }

export interface InterfaceTypesOf<TProps extends Head> extends MembersOf<TProps> {
  capabilities: TProps extends { capabilities: infer TCapabilities } ? TCapabilities : {}
  gated: TProps extends { actions: infer TActions }
    ? { [K in keyof TActions as TActions[K] extends { capability: string } ? K : never]: CapabilityOf<TActions[K]> }
    : {}
  downgraded: TProps extends { actions: infer TActions }
    ? { [K in keyof TActions as TActions[K] extends { downgrade: object } ? K : never]: true }
    : {}
  optional: TProps extends { entities: infer TEntities } ? OptionalOf<TEntities> : {}
}
type OptionalOf<TEntities> = { [K in keyof TEntities as TEntities[K] extends { optional: true } ? K : never]: true }
type CapabilityOf<TAction> = TAction extends { capability: infer TCapability } ? TCapability : never

export class Interface<TTypes extends InterfaceTypes> {
  /** For the compiler alone. */
  declare readonly $types: TTypes
  readonly kind = 'interface'
  readonly name: TTypes['name']
  readonly version: TTypes['version']
  readonly title: string
  readonly description: string
  /** Whether its shape may change with any version. */
  readonly experimental: boolean
  /** The optional powers, each with what it promises. */
  readonly capabilities: Readonly<Record<keyof TTypes['capabilities'] & string, string>>
  /** The entities, actions, events and channels, as data. */
  readonly members: InterfaceMembers
  /** The interfaces that this one builds on. */
  readonly extensions: readonly ExtensionRecord[] = Object.freeze([])

  constructor(props: Head & InterfaceProps<Record<string, ObjectSchema>>) {
    checkInterface(props)
    this.name = props.name
    this.version = props.version ?? developmentVersion
    this.title = props.title ?? props.name
    this.description = props.description ?? ''
    this.experimental = props.experimental ?? false
    this.capabilities = Object.freeze({ ...props.capabilities }) as never
    this.members = readInterfaceMembers(props)
  }

  /**
   * Builds this interface on another one, by mapping the entities of `base` to its own. Whoever implements this one implements `base` too.
   * @throws {DefinitionError} with the code `extension_invalid`, and everything that does not fit in `problems`.
   */
  extend<I extends InterfaceTypes, const X extends ExtensionOf<I>>(
    base: OfKind<'interface', I>,
    map: (own: { entities: OwnReferences<TTypes> }) => X & Sound<TTypes, I, X> & Coherent<TTypes, I, X, never>,
  ): Interface<ExtendedInterface<TTypes, I, X>>
  extend<I extends InterfaceTypes>(
    base: OfKind<'interface', I> & Entityless<I>,
  ): Interface<ExtendedInterface<TTypes, I, PlainExtension>>
  extend(base: OfKind<'interface', InterfaceTypes>, map?: ExtensionCallback): never {
    extendDefinition(this, base, map)
    return this as never
  }
}

/** The record type of an interface, extended by another one: with its members, and what it has beside them. */
export type ExtendedInterface<
  TTypes extends InterfaceTypes,
  I extends InterfaceTypes,
  X extends ExtensionOf<I> | PlainExtension,
> = Extended<TTypes, I, X, never> & Pick<I, 'capabilities' | 'gated' | 'downgraded'>

/** A sentence where the entities of an interface have to be mapped. */
export type Entityless<I extends InterfaceTypes> =
  Exclude<keyof I['entities'], keyof I['optional']> extends never
    ? unknown
    : `map the entities of interface '${I['name']}': extend(…, ({ entities }) => ({ entities: { … } }))`

/** An interface: abstract entities, actions, events and channels that integrations can implement and plugins can need. */
export type InterfaceDefinition<TTypes extends InterfaceTypes = InterfaceTypes> = Interface<TTypes>
/**
 * Declares an interface.
 * @throws {DefinitionError} with the code `definition_invalid`, and everything that is wrong in `problems`.
 */
// A facade, so that the parameters that exist for inference never reach a reader.
export const InterfaceDefinition = Interface as unknown as new <
  const TProps extends Head,
  TEntities extends Record<string, ObjectSchema> = {},
>(
  props: TProps & InterfaceProps<TEntities>,
) => Interface<InterfaceTypesOf<TProps>>
