import type { ConsumerData } from '../definition/consumer-data.ts'
import type { IntegrationData } from '../definition/integration-data.ts'
import { listed, ProblemList } from '../definition/validation/problem-list.ts'
import type { Problem } from '../errors/index.ts'

type Functions = Readonly<Record<string, unknown>> | undefined
interface Handlers {
  readonly actions?: Functions
  readonly channels?: Readonly<Record<string, { readonly messages?: Functions }>>
}

/**
 * What the handlers of an integration lack or have too much. With `partial`, messages may lack their handlers: the compiler
 * could not ask for them, and the channel then does not carry them.
 */
export function checkIntegrationHandlers(
  definition: IntegrationData,
  handlers: Handlers & Record<string, unknown>,
  { partial = false } = {},
): Problem[] {
  const list = new ProblemList()
  const known = ['register', 'unregister', 'handler', 'webhook', 'capabilities', 'actions', 'channels']
  for (const name of Object.keys(handlers))
    if (!known.includes(name)) unknown(list, name, 'part of an implementation', known)
  compare(list, 'actions', 'action', Object.keys(definition.actions), handlers.actions)
  const channels = handlers.channels ?? {}
  for (const name of Object.keys(channels)) {
    if (!Object.hasOwn(definition.channels, name))
      unknown(list, `channels.${name}`, 'channel', Object.keys(definition.channels))
  }
  for (const [name, channel] of Object.entries(definition.channels)) {
    const functions = Object.hasOwn(channels, name) ? channels[name]?.messages : undefined
    const declared = Object.keys(channel.messages)
    compare(
      list,
      `channels.${name}.messages`,
      'message',
      declared,
      functions,
      partial ? declared.filter((type) => Object.hasOwn(functions ?? {}, type)) : declared,
    )
  }
  return list.problems
}

/** What the handlers of a plugin or bot lack or have too much. */
export function checkConsumerHandlers(
  kind: 'plugin' | 'bot',
  definition: ConsumerData,
  handlers: Handlers & object,
): Problem[] {
  const list = new ProblemList()
  for (const name of Object.keys(handlers))
    if (name !== 'actions') unknown(list, name, `part of the implementation of a ${kind}`, ['actions'])
  compare(list, 'actions', 'action', Object.keys(definition.actions), handlers.actions)
  return list.problems
}

function compare(
  list: ProblemList,
  path: string,
  what: string,
  declared: readonly string[],
  given: Functions,
  required = declared,
): void {
  const functions = given ?? {}
  for (const name of required) {
    const handler = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (handler === undefined)
      list.add('handler_missing', `${path}.${name}`, `there is no handler for ${what} '${name}'.`, 'Write one.')
    else if (typeof handler !== 'function')
      list.add('handler_missing', `${path}.${name}`, `the handler for ${what} '${name}' is no function.`, 'Write one.')
  }
  for (const name of Object.keys(functions))
    if (!declared.includes(name)) unknown(list, `${path}.${name}`, what, declared)
}

function unknown(list: ProblemList, path: string, what: string, declared: readonly string[]): void {
  list.add('handler_unknown', path, `the definition declares no ${what} of that name.`, `It has ${listed(declared)}.`)
}
