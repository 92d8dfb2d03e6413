import type { IntegrationTypes } from '../definition/integration-definition.ts'
import type { ActionTypes } from '../definition/members.ts'
import type { IntegrationClient, TagsFor } from './integration-client.ts'
import type { Logger } from './logger.ts'
import type { FileContent, PlatformFile } from './platform-file-client.ts'
import type { Conversation, Message, User } from './records.ts'
import type { RequestHead, WebhookRequest, WebhookResponse } from './request.ts'

/** What every handler of an integration receives. */
export interface IntegrationContext<T extends IntegrationTypes> {
  /** The installation. Where there are several configurations, `configurationType` tells which one `configuration` is. */
  ctx: { [K in keyof T['configurations']]: InstallationContext<T, K> }[keyof T['configurations']]
  configuration: T['configurations'][keyof T['configurations']]['parsed']
  client: IntegrationClient<T>
  logger: Logger
  /** The URL under which the platform reaches this installation; it ends in `/webhook`. */
  webhookUrl: string
  /** Aborts when the caller does, or when time is up. */
  signal: AbortSignal
}

type InstallationContext<T extends IntegrationTypes, K> = {
  configurationType: K extends 'default' ? null : K
  configuration: K extends keyof T['configurations'] ? T['configurations'][K]['parsed'] : never
  /** Secrets of the integration's author. */
  secrets: T['secrets']
  botId: string
  /** The id of this installation. */
  integrationId: string
  /** The alias of this installation. */
  integrationAlias: string
  /** The same for every attempt at one call, so that a platform can tell a repetition. */
  idempotencyKey: string
}

/** The functions that a definition asks for: neither fewer nor more. A section without members can be left out. */
export type IntegrationHandlers<T extends IntegrationTypes> = {
  /** Runs when the integration is installed or its configuration changes: sets up the platform's webhook, say. */
  register?: (props: IntegrationContext<T>) => Promise<void>
  /** Runs when the integration is removed. */
  unregister?: (props: IntegrationContext<T>) => Promise<void>
  /** Answers requests under the installation's URL. */
  handler?: (props: IntegrationContext<T> & { req: WebhookRequest }) => Promise<void | WebhookResponse>
  webhook?: WebhookGuards<T>
  files?: FileHandlers<T>
  /**
   * Asks a platform for what it does not send by itself, until `signal` aborts. One process at a time does, and another one
   * takes over if it dies. When it ends or throws it is begun again, after a pause.
   */
  listen?: (props: IntegrationContext<T> & { deliver: Deliver<T> }) => Promise<void>
  /**
   * Runs in each process of the bot when that stops, after its last call: closes what was kept open for the installation, such
   * as connections. It has ten seconds.
   */
  stop?: (props: Pick<IntegrationContext<T>, 'ctx' | 'configuration'>) => Promise<void>
  /** Which of the claimed capabilities a configuration leaves. Default: all. */
  capabilities?: (props: {
    configuration: T['configurations'][keyof T['configurations']]['parsed']
  }) => readonly string[]
} & OAuthSection<T> &
  HandlerSection<'actions', ActionHandlers<T>> &
  HandlerSection<'channels', ChannelHandlers<T>>

/**
 * Hands in what came from the platform: what `bring` does with its client is stored together. Resolves to whether it was new.
 * @param id What tells one delivery from another: one that was stored is not brought again. Undefined: always brought.
 * @throws {PlugboardError} when `signal` has aborted; nothing is stored then.
 */
export type Deliver<T extends IntegrationTypes> = (
  id: string | undefined,
  bring: (props: { client: IntegrationClient<T> }) => Promise<void>,
) => Promise<boolean>

/** What is asked of a request before the handler sees it. */
export interface WebhookGuards<T extends IntegrationTypes> {
  /**
   * Whether the request really comes from the platform; if not, it is answered with 401. Without it the start warns that
   * whoever knows the URL is believed; `'none'` says that this is meant, as where the handler itself looks who asks.
   */
  verify?:
    | 'none'
    | ((
        props: Pick<IntegrationContext<T>, 'ctx' | 'configuration'> & { req: WebhookRequest },
      ) => boolean | Promise<boolean>)
  /**
   * What tells one delivery from another; a delivery that was handled is acknowledged and dropped. Without it the start
   * warns that what a platform sends twice is handled twice; `'none'` says that this is meant.
   */
  deliveryId?: 'none' | ((req: WebhookRequest) => string | undefined)
  /**
   * The longest body of a request, in bytes, asked before any of it is read; what is longer is answered with 413. It holds in
   * the place of the server's default, which is 1 MiB, and not beyond a limit that was set for the server.
   */
  bodyLimit?: (props: Pick<IntegrationContext<T>, 'ctx' | 'configuration'> & { req: RequestHead }) => number
}

/**
 * Gives files of the platform to whoever has an address of one from `client.fileAddress`. The runtime answers for the path
 * `/files/…`, and asks this alone: neither `verify` nor `handler` sees such a request.
 */
export interface FileHandlers<T extends IntegrationTypes> {
  /**
   * By what addresses are signed: a secret of the installation that stays, such as the one by which the platform signs. When it
   * changes, the addresses that were given out before end.
   */
  secret: (props: Pick<IntegrationContext<T>, 'ctx' | 'configuration'>) => string
  /**
   * Reads a file with the credentials of the installation. What throws with the code `vendor_refused` or `file_unknown` is told
   * as a file that is not there (404); everything else as a failure.
   */
  read: (props: IntegrationContext<T> & { file: PlatformFile }) => Promise<FileContent>
}

/** The client as which an integration asks for access, and what depends on the configuration. */
export interface OAuthClient {
  /** Undefined where the secret that it is read from is not set: nobody can give access then. */
  readonly clientId: string | undefined
  /** Left out where the client has none. */
  readonly clientSecret?: string | undefined
  /** In the place of the declared one, for a platform that has an address for each customer. */
  readonly authorizationUrl?: string | undefined
  readonly tokenUrl?: string | undefined
  readonly revocationUrl?: string | undefined
  readonly issuer?: string | undefined
  readonly scopes?: readonly string[] | undefined
}

/** Says as which client access is asked for; demanded where the definition declares `oauth`. */
type OAuthSection<T extends IntegrationTypes> = [true] extends [T['oauth']]
  ? // Of a definition of which nothing is known, nothing is demanded.
    [false] extends [T['oauth']]
    ? { oauth?: OAuthHandler<T> }
    : { oauth: OAuthHandler<T> }
  : { oauth?: Undeclared<'oauth'> }
type OAuthHandler<T extends IntegrationTypes> = (
  props: Pick<IntegrationContext<T>, 'ctx' | 'configuration'>,
) => OAuthClient | Promise<OAuthClient>

/** A section of handlers, which only the empty one may leave out. */
export type HandlerSection<S extends string, THandlers> = [keyof THandlers] extends [never]
  ? { [K in S]?: { readonly [name: string]: Undeclared<S> } }
  : {} extends THandlers
    ? { [K in S]?: THandlers }
    : { [K in S]: THandlers }
/** A sentence where there is a handler and nothing that it could handle. */
type Undeclared<S extends string> = `the definition declares no ${S}`

type ActionHandlers<T extends IntegrationTypes> = {
  [K in keyof T['actions']]: ActionHandler<IntegrationContext<T>, T['actions'][K]>
}

/** The function of an action: an async generator, if it streams. */
export type ActionHandler<TContext, TAction extends ActionTypes> = [TAction['item']] extends [never]
  ? (props: TContext & { input: TAction['parsed'] }) => Promise<TAction['returned']>
  : (
      props: TContext & { input: TAction['parsed'] },
    ) => AsyncGenerator<TAction['item']['input'], TAction['returned'], void>

type ChannelHandlers<T extends IntegrationTypes> = {
  [C in keyof T['channels']]: {
    messages: {
      [M in keyof T['channels'][C]['messages']]: (
        props: IntegrationContext<T> & OutgoingMessage<T, C, M>,
      ) => Promise<void>
    }
    /**
     * Show a message while it is made, where the channel declares `drafts`. Each is given the whole content until then, never
     * two of a message at once, and none after the message itself. What it acknowledges stands in the tags of `message` the next
     * time, and when the message is sent: a function that edits what has an id there, and else sends and acknowledges one, does for
     * both. An attempt that failed is followed by another one under the same message id.
     */
    drafts?: {
      [M in keyof T['channels'][C]['messages']]?: (
        props: IntegrationContext<T> & OutgoingMessage<T, C, M>,
      ) => Promise<void>
    }
    /** Takes away the draft of a message that is not to come. */
    discardDraft?: (
      props: IntegrationContext<T> & OutgoingMessage<T, C, keyof T['channels'][C]['messages']>,
    ) => Promise<void>
  }
}

type OutgoingMessage<
  T extends IntegrationTypes,
  C extends keyof T['channels'],
  M extends keyof T['channels'][C]['messages'],
> = {
  type: M
  payload: T['channels'][C]['messages'][M]['parsed']
  message: Message<M & string, T['channels'][C]['messages'][M]['parsed']>
  conversation: Conversation<TagsFor<T['channels'][C]['conversationTags']>>
  /** The bot. */
  user: User
  /**
   * Records how the platform knows the message. If the send fails after that, the tags stand in `message` at the next
   * attempt: what becomes several messages there need not be sent from its beginning.
   */
  ack: (acknowledgement: { tags: TagsFor<T['channels'][C]['messageTags']> }) => Promise<void>
}
