import type { BindingsConfiguration } from '../composition/requested-bindings.ts'
import type { Environment } from '../composition/resolve-configuration.ts'
import type { LogSink } from '../masked-logger.ts'
import type { RetryOptions } from '../pipeline/retries.ts'
import type { TraceOptions } from '../telemetry/span-writer.ts'
import type { PortOptions } from './open-ports.ts'
import type { RunningBot } from './running-bot.ts'

/** How a bot is started. */
export interface StartOptions extends PortOptions {
  /**
   * Where `env()` values, secrets and bindings are read from, and the key of the secrets that the store keeps. Default: the
   * environment of the process.
   */
  environment?: Environment
  /**
   * What needs are bound to, by consumer and need: `{ assistant: { llm: 'openai' } }`; under `*` for every consumer.
   * What the environment says of a need goes before it.
   * With `require: 'suite'`, to integrations alone that have passed the contract suite of the interface.
   */
  bindings?: BindingsConfiguration
  /** The same, for whoever asks for this one start, as a command line does: it goes before the environment. */
  overrides?: BindingsConfiguration
  /** The base of the webhook URLs, as platforms reach them. Default: `http://127.0.0.1:3000`. */
  url?: string
  /** How often handlers that fail are run, and messages sent. Default: six times within 30 seconds. */
  retries?: RetryOptions
  /** Milliseconds that a handler, a webhook or a channel that sends a message has before it is cut off. Default: 60,000. */
  handlerTimeout?: number
  /** Milliseconds after which a process that says nothing is taken for dead, and its work done by another. Default: 15,000. */
  lease?: number
  /** Milliseconds for which events are kept that are done with, and deliveries known that come again. Default: 30 days. */
  retention?: number
  /** The most bytes that a file may have that is uploaded. Default: 10 MiB. */
  fileLimit?: number
  /** Takes the lines of the log. Default: JSON lines of warnings and errors to standard error. */
  log?: LogSink
  /**
   * Whether the bot deals with its platforms by itself: registers its integrations, and asks those that send nothing by
   * themselves. Default: true. Without, it answers what it is asked, beside another process that does.
   */
  platforms?: boolean
  /**
   * Is given the bot before its integrations are registered, when it takes requests already: some platforms send one to a
   * webhook while it is registered.
   */
  beforeRegistering?(running: RunningBot): void | Promise<void>
  /** Whether spans are made with OpenTelemetry. Default: if an SDK is registered in the process when the bot starts. */
  openTelemetry?: boolean
  /** Whether spans are kept in the store, to be read by `traces()`, and for how long. Default: false. */
  traces?: boolean | TraceOptions
}
