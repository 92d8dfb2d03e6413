import type { ActionClient, BoundClient, ConsumerTypes, NeedEntities } from '../definition/consumer.ts'
import type { DefaultMessages } from '../definition/messages.ts'
import type { Substitute } from '../definition/entity.ts'
import type { NeedTypes } from '../definition/need.ts'
import type { ConsumerClient } from './consumer-client.ts'
import type { FailingMoment } from './moments.ts'
import type { Failure } from './failure.ts'
import type { HandlerSection } from './integration-handlers.ts'
import type { Logger } from './logger.ts'
import type { Conversation, Event, Message, User } from './records.ts'
import type { Tool } from './tool.ts'
import type { RunningWorkflow, WorkflowOf } from './workflow-client.ts'

/** What every handler of a plugin or bot receives. `TActions` has the actions of what is installed by name, which a bot knows. */
export interface ConsumerContext<T extends ConsumerTypes, TActions = {}> {
  ctx: {
    botId: string
    /** The alias of the plugin; `bot` in a bot's own handlers. */
    alias: string
    secrets: T['secrets']
    /** The same for every attempt at one handler of one event. */
    idempotencyKey: string
    /**
     * The conversation that what is handled belongs to: in an action, that of the handler which calls it. Undefined where there
     * is none, as for what happens by the clock, or where an action is called from outside.
     */
    conversationId: string | undefined
  }
  configuration: T['configuration']['parsed']
  client: ConsumerClient<T>
  /** The needs: actions of whatever integration each is bound to, with its entities sound. */
  interfaces: { [K in keyof T['needs']]: BoundClient<T['needs'][K], K> }
  actions: TActions
  /** The actions that the bot gave the plugin to call; none where it gave none. A bot's own code has all as `actions`. */
  tools: readonly Tool[]
  logger: Logger
  /** Aborts when time is up or the bot stops. */
  signal: AbortSignal
}

/** The functions of installed integrations and plugins by alias and action. */
export type InstalledActions<TInstalled> = {
  [A in keyof TInstalled]: TInstalled[A] extends { actions: infer TActions }
    ? { [K in keyof TActions]: ActionClient<TActions[K], {}> }
    : {}
}

/** The events of installed integrations and plugins as `<alias>:<event>`, which a bot's own code knows. */
export type InstalledEvents<TInstalled> = {
  [E in InstalledEventNames<TInstalled>]: E extends `${infer A}:${infer N}` ? InstalledPayload<TInstalled, A, N> : never
}
type InstalledEventNames<TInstalled> = {
  [A in keyof TInstalled & string]: TInstalled[A] extends { events: infer TEvents }
    ? `${A}:${keyof TEvents & string}`
    : never
}[keyof TInstalled & string]
type InstalledPayload<TInstalled, A extends string, N extends string> = TInstalled extends {
  [P in A]: { events: { [Q in N]: { parsed: infer TPayload } } }
}
  ? TPayload
  : never

/** The message, its conversation and its user, as a handler of messages receives them. */
export interface MessageProps<TType extends string, TPayload> {
  message: Message<TType, TPayload>
  conversation: Conversation
  user: User
}

/** The event as a handler receives it. */
export interface EventProps<TType extends string, TPayload> {
  event: Event<TType, TPayload>
  conversation: Conversation | undefined
  user: User | undefined
}

/** What a hook gives back: changed data, or that it goes no further. Nothing means: unchanged. */
export type HookResult<TData> = { data?: TData; stop?: boolean } | undefined | void

/** A handler that has failed for good. */
export interface HandlerFailedProps {
  handler: {
    /** The alias of the plugin, or `bot`; undefined where hooks failed, of whoever. */
    readonly consumer: string | undefined
    /** What was to be handled, or `hooks`. */
    readonly moment: FailingMoment
    /** How often it was tried. */
    readonly attempts: number
  }
  error: Failure
  /** What was to be handled, where it is a message. */
  message: Message | undefined
  /** What was to be handled, where it is an event. */
  event: Event | undefined
  conversation: Conversation | undefined
  user: User | undefined
}

/** An action that is about to be called, or was. */
export interface CallProps {
  call: {
    /** The alias of the integration. */
    readonly integration: string
    readonly action: string
    /** The consumer that calls. */
    readonly consumer: string
  }
}

type MessagePayload<M> = M extends keyof DefaultMessages ? DefaultMessages[M]['parsed'] : Record<string, unknown>
type MessageTypes = keyof DefaultMessages | '*' | (string & {})

/** The events that a consumer can hear: its own, and those of its needs as `<need>:<event>`. */
export type HeardEvents<T extends ConsumerTypes> = { [E in keyof T['events']]: T['events'][E]['parsed'] } & NeedEvents<
  T['needs']
>
type NeedEvents<TNeeds extends Record<string, NeedTypes>> = {
  [E in NeedEventNames<TNeeds>]: NeedEventPayload<TNeeds, E>
}
type NeedEventNames<TNeeds extends Record<string, NeedTypes>> = {
  [N in keyof TNeeds & string]: `${N}:${keyof TNeeds[N]['members']['events'] & string}`
}[keyof TNeeds & string]
type NeedEventPayload<
  TNeeds extends Record<string, NeedTypes>,
  TName extends string,
> = TName extends `${infer N}:${infer E}` ? EventPayload<TNeeds[N]['members'], N, E> : never
type EventPayload<TMembers extends NeedTypes['members'], N, E extends string> = Substitute<
  TMembers['events'][E]['parsed'],
  NeedEntities<TMembers, N>
>

/**
 * Registers handlers; they run in the order in which they were registered. One of a message, event or action that nothing in
 * the bot has is never called, which the start warns of.
 */
export interface On<T extends ConsumerTypes, TActions, TEvents = {}> {
  /** Messages from people, by type; `*` hears all. */
  message<M extends MessageTypes>(
    type: M,
    handler: (props: ConsumerContext<T, TActions> & MessageProps<M & string, MessagePayload<M>>) => Promise<void>,
  ): void
  /**
   * Events by name: own ones, `<need>:<event>` of an interface, `<alias>:<event>` of what is installed, whose payload a bot's
   * own code knows; `*` hears all.
   */
  event<E extends keyof (HeardEvents<T> & TEvents) & string>(
    type: E,
    handler: (props: ConsumerContext<T, TActions> & EventProps<E, (HeardEvents<T> & TEvents)[E]>) => Promise<void>,
  ): void
  event(
    type: string,
    handler: (props: ConsumerContext<T, TActions> & EventProps<string, unknown>) => Promise<void>,
  ): void
  /**
   * Own states, by name, whose `expiry` has passed since they were last set; `*` hears all. Runs once for each, within about
   * a second, in the order of the conversation that the state belongs to; reads give undefined by then. A state that is set
   * again before lives on.
   */
  stateExpired<S extends (keyof T['states'] & string) | '*'>(
    name: S,
    handler: (props: ConsumerContext<T, TActions> & StateExpiredProps<T, S>) => Promise<void>,
  ): void
  /**
   * An own workflow that was started. The handler may do all of the work, or some of it and let it go on; a workflow ends only
   * by what is done to it, or when its time is over. One that fails for good leaves the workflow as it is until then.
   */
  workflowStart<W extends keyof T['workflows'] & string>(
    name: W,
    handler: (props: ConsumerContext<T, TActions> & WorkflowProps<RunningWorkflow<T['workflows'], W>>) => Promise<void>,
  ): void
  /** An own workflow that goes on, as `continueWorkflow` or `workflow.continue` asked. */
  workflowContinue<W extends keyof T['workflows'] & string>(
    name: W,
    handler: (props: ConsumerContext<T, TActions> & WorkflowProps<RunningWorkflow<T['workflows'], W>>) => Promise<void>,
  ): void
  /** An own workflow whose time was over before it ended. It has ended by that. */
  workflowTimeout<W extends keyof T['workflows'] & string>(
    name: W,
    handler: (props: ConsumerContext<T, TActions> & WorkflowProps<WorkflowOf<T['workflows'], W>>) => Promise<void>,
  ): void
  /** Before the handlers see a message: may change its payload, or stop it. */
  beforeIncomingMessage(type: MessageTypes, hook: MessageHook<T, TActions>): void
  /** After all handlers of a message have run. */
  afterIncomingMessage(type: MessageTypes, hook: MessageHook<T, TActions>): void
  /** Before a message goes to its channel: may change its type and payload, or stop it. */
  beforeOutgoingMessage(
    type: MessageTypes,
    hook: OutgoingMessageHook<T, TActions>,
    options?: {
      /**
       * Whether the hook takes messages while they are made, too: it is then run for each draft, with `draft: true`, and what
       * it does beside is done with the message alone. Default: false, and no message that it concerns is shown before it is whole.
       */
      drafts?: boolean
    },
  ): void
  /** After the platform took a message. */
  afterOutgoingMessage(type: MessageTypes, hook: MessageHook<T, TActions>): void
  /** Before the handlers see an event. */
  beforeIncomingEvent(
    type: string,
    hook: (
      props: ConsumerContext<T, TActions> & EventProps<string, unknown> & { data: unknown },
    ) => Promise<HookResult<unknown>>,
  ): void
  /** After all handlers of an event have run. */
  afterIncomingEvent(
    type: string,
    hook: (
      props: ConsumerContext<T, TActions> & EventProps<string, unknown> & { data: unknown },
    ) => Promise<HookResult<unknown>>,
  ): void
  /** Before an action of an integration is called: may change its input, or stop the call. */
  beforeOutgoingCallAction(
    action: string,
    hook: (
      props: ConsumerContext<T, TActions> & CallProps & { data: { input: unknown } },
    ) => Promise<HookResult<{ input: unknown }>>,
  ): void
  /** After an action of an integration was called: may change its output. */
  afterOutgoingCallAction(
    action: string,
    hook: (
      props: ConsumerContext<T, TActions> & CallProps & { data: { output: unknown } },
    ) => Promise<HookResult<{ output: unknown }>>,
  ): void
  /**
   * When a call of an action of an integration has failed, by the action's name; `*` hears all. An abort is no failure. What
   * the hook does is stored with what the caller does. One that fails itself is logged, and changes nothing.
   */
  callFailed(
    action: string,
    hook: (props: ConsumerContext<T, TActions> & CallProps & { error: Failure }) => Promise<void>,
  ): void
  /**
   * When a handler of the bot or of any plugin has failed for good, by what it was to handle; `*` hears all. What the hook
   * does is stored together with the dead letter, once. One that fails itself is logged, and changes nothing.
   */
  handlerFailed(
    moment: FailingMoment | '*',
    hook: (props: ConsumerContext<T, TActions> & HandlerFailedProps) => Promise<void>,
  ): void
}

/** A state that has expired, with what it last held. */
export interface ExpiredState<TName, TPayload> {
  readonly name: TName
  readonly type: 'conversation' | 'user' | 'bot' | 'workflow'
  /** The conversation, user or workflow that it belonged to; undefined for a state of the bot. */
  readonly id?: string
  readonly payload: TPayload
  /** ISO 8601, in UTC. */
  readonly expiredAt: string
}

/** What a handler of expired states receives. */
export interface StateExpiredProps<T extends ConsumerTypes, S extends keyof T['states'] | '*'> {
  state: S extends '*'
    ? { [N in keyof T['states']]: ExpiredState<N, T['states'][N]['parsed']> }[keyof T['states']]
    : ExpiredState<S, T['states'][S]['parsed']>
  /** The conversation that the state belonged to; undefined for one of another type. */
  conversation: Conversation | undefined
  /** The user that the state belonged to; undefined for one of another type. */
  user: User | undefined
}

/** What a handler of workflows receives. */
export interface WorkflowProps<TWorkflow> {
  workflow: TWorkflow
  /** The conversation that the workflow is about. */
  conversation: Conversation | undefined
  /** The user whom the workflow is about. */
  user: User | undefined
}

/** A hook of messages. `data` is the message as the hooks before left it. */
export type MessageHook<T extends ConsumerTypes, TActions> = (
  props: ConsumerContext<T, TActions> & MessageProps<string, Record<string, unknown>> & { data: MessageContent },
) => Promise<HookResult<MessageContent>>

/** A hook of messages that go out. */
export type OutgoingMessageHook<T extends ConsumerTypes, TActions> = (
  props: ConsumerContext<T, TActions> &
    MessageProps<string, Record<string, unknown>> & {
      data: MessageContent
      /** Whether it is a message that is still being made. Never true unless the hook says that it takes drafts. */
      draft: boolean
    },
) => Promise<HookResult<MessageContent>>

/** The part of a message that a hook may change. */
export interface MessageContent {
  readonly type: string
  readonly payload: Record<string, unknown>
}

/** The functions that the definition of a plugin or bot asks for. */
export type ConsumerHandlers<T extends ConsumerTypes, TActions> = HandlerSection<
  'actions',
  ConsumerActions<T, TActions>
>
type ConsumerActions<T extends ConsumerTypes, TActions> = {
  [K in keyof T['actions']]: (
    props: ConsumerContext<T, TActions> & { input: T['actions'][K]['parsed'] },
  ) => Promise<T['actions'][K]['returned']>
}
