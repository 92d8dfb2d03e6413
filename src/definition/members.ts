import type { EntitySidesOf, Input, Output, Sides, SidesOf } from './schema.ts'

/** The part of every definition that names it. */
export type Head = {
  /** The name, in kebab-case; a namespace may stand before it: `acme/telegram`. */
  name: string
  /** A semantic version. Default: `0.0.0-dev`. */
  version?: string
  title?: string
  description?: string
}

/** The version of a definition that declares none. */
export const developmentVersion = '0.0.0-dev'
export type DevelopmentVersion = typeof developmentVersion

/** What composition needs to know of an action, beside its schemas. */
export type ActionMetadata = {
  title?: string
  description?: string
  /** Whether a call costs money; `meter` and `budget` count these. Default: false. */
  billable?: boolean
  /** Whether equal inputs give equal outputs for a while; `cache` keeps these. Default: false. */
  cacheable?: boolean
  /** Whether calling twice has the effect of calling once; `retry` and `failover` after a doubtful failure repeat only these. Default: false. */
  idempotent?: boolean
  attributes?: Record<string, string>
}

/** The types of an action: a caller sends `input` and gets `output`, a handler gets `parsed` and gives `returned`; `item` is what it streams, `never` where it does not. */
export type ActionTypes = Sides & { returned: unknown; output: unknown; item: Sides }

/** A channel's messages by name, and the names of its tags. */
export type ChannelTypes = { messages: Record<string, Sides>; messageTags: PropertyKey; conversationTags: PropertyKey }

/** An interface that a definition implements, and by which of its entities. */
export type Implemented = { version: string; capabilities: PropertyKey; entities: object }

/** The kinds of members that an interface brings. */
export type Section = 'actions' | 'events' | 'channels'

/** The record type of a definition: everything that it declares, as types. `extend()` grows it. */
export type Members = {
  name: string
  version: string
  entities: Record<string, Sides>
  actions: Record<string, ActionTypes>
  events: Record<string, Sides>
  channels: Record<string, ChannelTypes>
  /** By the interface's name, then by the name given to the implementation, which is the interface's unless `as` says otherwise. */
  interfaces: Record<string, Record<string, Implemented>>
  /** The sections that have members; kept apart, for it is cheap to look at. */
  declares: { [S in Section]?: true }
}

/** The record type that the properties `TProps` of a definition declare. */
export interface MembersOf<TProps extends Head & Partial<Record<keyof Members, unknown>>> {
  name: TProps['name']
  version: TProps extends { version: infer TVersion extends string } ? TVersion : DevelopmentVersion
  entities: { [K in keyof TProps['entities']]: EntitySidesOf<TProps['entities'][K]> }
  actions: { [K in keyof TProps['actions']]: ActionOf<TProps['actions'][K]> }
  events: { [K in keyof TProps['events']]: SidesOf<TProps['events'][K]> }
  channels: { [K in keyof TProps['channels']]: ChannelOf<TProps['channels'][K]> }
  interfaces: {}
  declares: { [S in keyof TProps & Section]: true }
}

type ActionOf<TAction> = TAction extends { input: { schema: infer TInput }; output: { schema: infer TOutput } }
  ? {
      input: Input<TInput>
      parsed: Output<TInput>
      returned: Input<TOutput>
      output: Output<TOutput>
      item: ItemOf<TAction>
    }
  : never
type ItemOf<TAction> = TAction extends { stream: { schema: infer TItem } }
  ? { input: Input<TItem>; parsed: Output<TItem> }
  : never

type ChannelOf<TChannel> = TChannel extends { messages: infer TMessages }
  ? {
      messages: { [K in keyof TMessages]: SidesOf<TMessages[K]> }
      messageTags: TagsOf<TChannel, 'message'>
      conversationTags: TagsOf<TChannel, 'conversation'>
    }
  : never

/** The names of the tags that `TDeclaration` declares for `TKey`. */
export type TagsOf<TDeclaration, TKey extends string> = TDeclaration extends { [K in TKey]: { tags: infer TTags } }
  ? keyof TTags
  : never

/** Anything that carries a record type. The property exists for the compiler alone. */
export type Carrier<TTypes = Members> = { readonly $types: TTypes }

/** A definition of one kind with its record type. The kind stands first, so that another kind is refused for what it is. */
export type OfKind<TKind extends string, TTypes> = { readonly kind: TKind; readonly $types: TTypes }
