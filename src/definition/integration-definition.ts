import { type Implements, type Loader, type PackageOptions, type Packaged, packageOf } from './package.ts'
import { type ExtensionCallback, type ExtensionOptions, type ImplementedInterface, extendDefinition } from './extend.ts'
import type { Extended, ExtensionOf, OwnEntities, PlainExtension } from './extension.ts'
import type { IntegrationData } from './integration-data.ts'
import { readIntegration } from './integration-data.ts'
import type { Entityless, InterfaceTypes } from './interface-definition.ts'
import type { ActionMetadata, OfKind, Head, Members, MembersOf, TagsOf } from './members.ts'
import type { Coherent, Sound } from './problems.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Described, ObjectSchema, Sides, SidesOf } from './schema.ts'
import type { SecretProps, SecretsOf } from './secrets.ts'
import type { Tags } from './tags.ts'
import { checkIntegration } from './validation/check-integration.ts'

/** A channel: a way by which messages come and go. */
export type ChannelProps = {
  title?: string
  description?: string
  /** The types of message that the channel can carry, at least one. */
  messages: Record<string, Described>
  message?: Tags
  conversation?: Tags
  /** Shows messages while they are made: their implementation is `drafts` beside `messages`. Default: it does not. */
  drafts?: {
    /** Milliseconds between two drafts of a message, at least. Default: 100. */
    every?: number
  }
  /** Whether a message is sent again, or put aside, after the process ended while it was sent. Default: `send-again`. */
  unknownOutcome?: 'send-again' | 'put-aside'
}

/** Another way to configure an integration. */
export type ConfigurationProps = Described & {
  /** The capabilities that are left when it is configured in this way. Default: all that are claimed. */
  capabilities?: readonly string[]
  /** What holds beside the integration's limits when it is configured in this way. Default: nothing. */
  rateLimits?: RateLimits
}

/** How the platform of an integration gives access by OAuth 2: authorization code, state and PKCE, refreshed as it expires. */
export type OAuthProps = {
  /** Where somebody is asked for access. */
  authorizationUrl: string
  /** Where tokens are given. */
  tokenUrl: string
  /** Where the platform takes tokens back (RFC 7009). Default: they are only thrown away here. */
  revocationUrl?: string
  /** What access is asked for. Default: whatever the platform takes for granted. */
  scopes?: readonly string[]
  /** Default: a space. */
  scopeSeparator?: string
  /** What the platform calls itself in `iss`, if it says so when somebody comes back. */
  issuer?: string
  /** What else is to be said where access is asked for, such as `{ access_type: 'offline' }`. */
  parameters?: Record<string, string>
  /** How the client shows its secret. Default: `basic`, as the standard asks; `post` in the body; `none` if it has none. */
  clientAuthentication?: 'basic' | 'post' | 'none'
  /**
   * Whether the code that somebody brings back is bound to whoever asked for it (PKCE, RFC 7636). Default: true; false only
   * where a platform refuses it: the client must have a secret then.
   */
  pkce?: boolean
  /** What the platform may say of the kind of its tokens beside `bearer`, in lower case. */
  tokenTypes?: readonly string[]
  /**
   * The configurations in which access is asked for, where the platform has other ways as well; the unnamed one is `default`.
   * Default: all.
   */
  configurations?: readonly string[]
}

/** What an integration declares. */
export type IntegrationProps = Head & {
  /** The path of an SVG file, relative to the package. */
  icon?: string
  /** The path of a Markdown file, relative to the package. */
  readme?: string
  configuration?: ConfigurationProps
  configurations?: Record<string, ConfigurationProps>
  entities?: Record<string, Described>
  actions?: Record<string, ActionMetadata & { input: Described; output: Described; stream?: Described }>
  events?: Record<string, Described>
  channels?: Record<string, ChannelProps>
  states?: Record<
    string,
    { type: 'integration' | 'conversation' | 'user'; schema: ObjectSchema; title?: string; description?: string }
  >
  user?: Tags
  /** How much the platform takes, of messages and of calls. Default: as much as there is. */
  rateLimits?: RateLimits
  /** Secrets of the integration's author, in SCREAMING_SNAKE_CASE. */
  secrets?: SecretProps
  /** VRL scripts that tell from a request which installation it is for, where many share one URL. */
  identifier?: { extractScript?: string; fallbackHandlerScript?: string }
  /** How somebody gives the integration access to an account on its platform. Its implementation says for which client: `oauth`. */
  oauth?: OAuthProps
  /** Free texts for catalogues. */
  attributes?: Record<string, string>
  /** Settings for tools that bundle the integration. */
  __advanced?: { esbuild?: Record<string, unknown> }
}

/** The record type of an integration. `configurations` has the unnamed one under `default`. */
export type IntegrationTypes = Members & {
  configurations: Record<string, Sides>
  states: Record<string, Sides>
  userTags: PropertyKey
  secrets: object
  /** Whether it declares `oauth`. */
  oauth: boolean
}

export interface IntegrationTypesOf<TProps extends IntegrationProps> extends MembersOf<TProps> {
  configurations: { [K in keyof TProps['configurations']]: SidesOf<TProps['configurations'][K]> } & {
    default: SidesOf<TProps['configuration']>
  }
  states: { [K in keyof TProps['states']]: SidesOf<TProps['states'][K]> }
  userTags: TagsOf<TProps, 'user'>
  secrets: TProps extends { secrets: infer TSecrets } ? SecretsOf<TSecrets> : {}
  oauth: TProps extends { oauth: object } ? true : false
}

// The fields of a definition are those of its data: said once, in `integration-data.ts`.
export interface Integration<TTypes extends IntegrationTypes> extends IntegrationData<TTypes> {}
export class Integration<TTypes extends IntegrationTypes> {
  /** For the compiler alone. */
  declare readonly $types: TTypes
  readonly kind = 'integration'
  /** The interfaces that the integration implements, each with its mapping. */
  readonly interfaces: readonly ImplementedInterface[] = Object.freeze([])

  constructor(props: IntegrationProps) {
    checkIntegration(props)
    Object.assign(this, readIntegration(props))
  }

  /**
   * Implements an interface: maps its entities to the integration's own, and renames or describes its members anew.
   * Mutates the definition and returns it; only the returned type knows of the extension.
   * @throws {DefinitionError} with the code `extension_invalid`, and everything that does not fit in `problems`.
   * @throws {PlugboardError} with the code `definition_sealed`, if the definition was implemented or installed before.
   */
  extend<I extends InterfaceTypes, const X extends ExtensionOf<I>, const TAs extends string = never>(
    base: OfKind<'interface', I>,
    map: (own: { entities: OwnEntities<TTypes> }) => X & Sound<TTypes, I, X> & Coherent<TTypes, I, X, TAs>,
    options?: ExtensionOptions<TAs>,
  ): Integration<Extended<TTypes, I, X, TAs>>
  extend<I extends InterfaceTypes>(
    base: OfKind<'interface', I> & Entityless<I>,
  ): Integration<Extended<TTypes, I, PlainExtension, never>>
  extend(base: OfKind<'interface', InterfaceTypes>, map?: ExtensionCallback, options?: ExtensionOptions): never {
    extendDefinition(this, base, map, options)
    return this as never
  }

  /**
   * Says where the implementation is, so that the vendor's SDK is loaded only when the integration is installed:
   * `export default definition.implementedBy(() => import('./implementation.ts'))`. Seals the definition.
   * The reports of contract suites travel with it, for bots that demand them.
   */
  implementedBy<TModule>(
    load: Loader<TModule> & Implements<TModule, 'integration', TTypes>,
    options?: PackageOptions,
  ): Packaged<this> {
    return packageOf(this, load as never, options)
  }
}

/** An integration: adapts one platform. */
export type IntegrationDefinition<TTypes extends IntegrationTypes = IntegrationTypes> = Integration<TTypes>
/**
 * Declares an integration.
 * @throws {DefinitionError} with the code `definition_invalid`, and everything that is wrong in `problems`.
 */
// A facade, so that the parameters that exist for inference never reach a reader.
export const IntegrationDefinition = Integration as unknown as new <const TProps extends IntegrationProps>(
  props: TProps,
) => Integration<IntegrationTypesOf<TProps>>
