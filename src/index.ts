export { z } from 'zod'
export { bind, failover } from './definition/binding.ts'
export { type AnyBot, BotDefinition } from './definition/bot-definition.ts'
export { bytes, type Content, content } from './definition/bytes.ts'
export { env } from './definition/env.ts'
export { IntegrationDefinition } from './definition/integration-definition.ts'
export { InterfaceDefinition } from './definition/interface-definition.ts'
export { messages } from './definition/messages.ts'
export { need } from './definition/need.ts'
export { PluginDefinition } from './definition/plugin-definition.ts'
export { budget, cache, meter, rateLimit, retry, timeout } from './definition/policy.ts'
export {
  CompositionError,
  DefinitionError,
  type ErrorCode,
  PlugboardError,
  type PlugboardErrorOptions,
  type Problem,
  ValidationError,
} from './errors/index.ts'
export { BotImplementation } from './implementation/bot-implementation.ts'
export { IntegrationImplementation } from './implementation/integration-implementation.ts'
export { PluginImplementation } from './implementation/plugin-implementation.ts'
export { cursors } from './implementation/cursors.ts'
export { piecesOf } from './implementation/pieces-of.ts'
export { texts } from './implementation/texts.ts'

// Named by the declaration files of whoever exports a definition: TypeScript writes an inferred type by the names that it can import.
export type { Bot, BotTypes } from './definition/bot-definition.ts'
export type { BytesSchema, ContentSchema } from './definition/bytes.ts'
export type { ConsumerTypes, ConsumerTypesOf, NeedEntity } from './definition/consumer.ts'
export type { Entity, EntityTag, OwnEntity, References } from './definition/entity.ts'
export type { EnvironmentValue } from './definition/env.ts'
export type { ExtensionOptions, ImplementedInterface } from './definition/extend.ts'
export type { Extended, ExtensionOf, PlainExtension } from './definition/extension.ts'
export type { Under } from './definition/installation.ts'
export type { Integration, IntegrationTypes, IntegrationTypesOf } from './definition/integration-definition.ts'
export type {
  Entityless,
  ExtendedInterface,
  Interface,
  InterfaceTypes,
  InterfaceTypesOf,
} from './definition/interface-definition.ts'
export type { Carrier } from './definition/members.ts'
export type { Alternative, HearingMembers, Need, NeedTypes, SharedMembers } from './definition/need.ts'
export type { Packaged, PackageOptions } from './definition/package.ts'
export type { Plugin } from './definition/plugin-definition.ts'
export type { RateLimit, RateLimits } from './definition/rate-limits.ts'

// What a contract suite found out.
export type { CheckOutcome, CheckResult, ConformanceReport, Deviation } from './definition/conformance.ts'

// What handlers receive and give, for code that is written in functions of its own.
export type { ActionStream } from './definition/consumer.ts'
export type { ConsumerContext } from './implementation/consumer-handlers.ts'
export type { StoredFile } from './implementation/file-client.ts'
export type { FileContent, PlatformFile } from './implementation/platform-file-client.ts'
export type { Logger } from './implementation/logger.ts'
export type { Conversation, Event, Message, Page, User } from './implementation/records.ts'
export type { RowFilter, TableRow } from './implementation/table-client.ts'
export type { Tool, ToolResult } from './implementation/tool.ts'
export type { Workflow } from './implementation/workflow-client.ts'
export type { RequestHead, WebhookRequest, WebhookResponse } from './implementation/request.ts'
