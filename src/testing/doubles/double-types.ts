import type { Extended, Integration, IntegrationTypesOf, InterfaceTypes, OwnEntity, Packaged } from 'plugboard'
import type { AnyClient } from '../people.ts'

/** The record type of a double: what an integration has whose entities are those of the interface, and that can do all. */
export type DoubleTypes<I extends InterfaceTypes, TName extends string> = Extended<
  IntegrationTypesOf<{ name: TName }>,
  I,
  {
    entities: { [K in keyof I['entities']]: OwnEntity<I['entities'][K]> }
    capabilities: readonly (keyof I['capabilities'] & string)[]
  },
  never
>

/** An integration made from an interface, to be installed in a bot under test. */
export type Double<I extends InterfaceTypes, TName extends string> = Packaged<Integration<DoubleTypes<I, TName>>> & {
  /** What it was asked so far, by every bot in which it is installed. */
  readonly calls: DoubleCall[]
}

/** A call of an action, or a message that was to be sent. */
export interface DoubleCall {
  /** The name of the action; of a message, `<channel>/<type>`. */
  readonly action: string
  /** The parsed input; of a message, its payload. */
  readonly input: unknown
  /** The conversation to which a message was to be sent. */
  readonly conversationId?: string
}

/** What an action of a double does beside what is made up for it. */
export interface DoubleContext {
  /** How often the action was called before. */
  readonly index: number
  readonly signal: AbortSignal
  /** The client that the handlers of an integration have: what a double makes up of a conversation or a user is made by it. */
  readonly client: AnyClient
}

/** A message that a double is to send, as what is programmed for messages is given it. */
export interface DoubleMessage {
  /** `<channel>/<type>`. */
  readonly name: string
  readonly payload: unknown
  readonly conversationId: string
}

/** What stands for the handler of an action: fields of its output, or a function that gives them, throws, or streams. */
export type Programmed<TAction> = TAction extends {
  parsed: infer TInput
  returned: infer TOutput
  item: infer TItem
}
  ?
      | Partial<TOutput>
      | ((
          input: TInput,
          context: DoubleContext,
        ) =>
          | Partial<TOutput>
          | Promise<Partial<TOutput>>
          | ([TItem] extends [never] ? never : AsyncGenerator<ItemOf<TItem>, Partial<TOutput>, void>))
  : never
type ItemOf<TItem> = TItem extends { input: infer TInput } ? TInput : never

/** What is said of a double. */
export interface DoubleOptions<I extends InterfaceTypes, TName extends string> {
  /** The name of the integration. Default: `fake-` or `adversary-`, and the name of the interface. */
  readonly name?: TName
  /** What everything that is made up is made from: the same seed gives the same. Default: 1. */
  readonly seed?: number
  /** The capabilities that it has. Default: all. */
  readonly capabilities?: readonly (keyof I['capabilities'] & string)[]
  /** By action: what it does. Fields of an output that are not given are made up. */
  readonly actions?: {
    readonly [K in keyof DoubleTypes<I, TName>['actions']]?: Programmed<DoubleTypes<I, TName>['actions'][K]>
  }
  /** What becomes of a message that is to be sent, beside that it stands among the calls. Default: nothing. */
  readonly send?: (message: DoubleMessage, context: DoubleContext) => void | Promise<void>
}
