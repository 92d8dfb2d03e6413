import type { Logger } from './logger.ts'
import type { FileContent, PlatformFile, PlatformFileClient } from './platform-file-client.ts'
import type { WebhookRequest, WebhookResponse } from './request.ts'
import type { OAuthClient } from './integration-handlers.ts'
import type { IntegrationClient } from './integration-client.ts'

/** The record type of an integration of which the compiler knows nothing. */
// oxlint-disable-next-line typescript/no-explicit-any -- `any` is what is known; everything is checked when the integration is installed and called.
export type LooseIntegrationTypes = any

/** The record type of a plugin or bot of which the compiler knows nothing. */
export type LooseConsumerTypes = LooseIntegrationTypes

type Loose = LooseIntegrationTypes

/** What a handler receives where the compiler does not know the definition. */
export interface LooseContext {
  ctx: Loose
  configuration: Loose
  client: LooseClient
  logger: Logger
  webhookUrl: string
  signal: AbortSignal
}
type LooseClient = {
  [K in Exclude<keyof IntegrationClient<Loose>, Typed>]: (request: Loose) => Promise<Loose>
} & Pick<IntegrationClient<Loose>, Typed>
/** What says the same of every definition. */
type Typed = 'subscribe' | keyof PlatformFileClient

/** The handlers of an integration whose definition the compiler does not know. */
export interface LooseIntegrationHandlers {
  register?: (props: LooseContext) => Promise<void>
  unregister?: (props: LooseContext) => Promise<void>
  handler?: (props: LooseContext & { req: WebhookRequest }) => Promise<void | WebhookResponse>
  webhook?: {
    verify?: 'none' | ((props: Loose) => boolean | Promise<boolean>)
    deliveryId?: 'none' | ((req: WebhookRequest) => string | undefined)
    bodyLimit?: (props: Loose) => number
  }
  files?: {
    secret: (props: Pick<LooseContext, 'ctx' | 'configuration'>) => string
    read: (props: LooseContext & { file: PlatformFile }) => Promise<FileContent>
  }
  listen?: (
    props: LooseContext & {
      deliver: (id: string | undefined, bring: (props: { client: LooseClient }) => Promise<void>) => Promise<boolean>
    },
  ) => Promise<void>
  stop?: (props: Pick<LooseContext, 'ctx' | 'configuration'>) => Promise<void>
  oauth?: (props: Pick<LooseContext, 'ctx' | 'configuration'>) => OAuthClient | Promise<OAuthClient>
  capabilities?: (props: { configuration: Loose }) => readonly string[]
  actions?: Record<string, (props: LooseContext & { input: Loose }) => unknown>
  channels?: Record<
    string,
    {
      messages: Record<string, (props: LooseOutgoing) => Promise<void>>
      drafts?: Record<string, (props: LooseOutgoing) => Promise<void>>
      discardDraft?: (props: LooseOutgoing) => Promise<void>
    }
  >
}

type LooseOutgoing = LooseContext & {
  type: string
  payload: Loose
  message: Loose
  conversation: Loose
  user: Loose
  ack: (acknowledgement: Loose) => Promise<void>
}
