import type { ConsumerData } from '../definition/consumer-data.ts'
import type { IntegrationData } from '../definition/integration-data.ts'
import { type DefinitionKind, isDefinition } from '../definition/validation/definition-kind.ts'
import { fieldsAt } from '../definition/validation/check-fields.ts'
import { checkLimitedActions } from '../definition/validation/check-rate-limits.ts'
import { listed, ProblemList, shown } from '../definition/validation/problem-list.ts'
import { DefinitionError, type Problem } from '../errors/index.ts'

/**
 * What the handlers of an integration lack or have too much. With `partial`, messages may lack their handlers: the compiler
 * could not ask for them, and the channel then does not carry them.
 */
export function checkIntegrationHandlers(
  definition: IntegrationData,
  handlers: unknown,
  { partial = false } = {},
): Problem[] {
  const list = new ProblemList()
  const { actions, channels, oauth } = checkParts(list, handlers)
  if (definition.oauth && oauth === undefined)
    list.add(
      'handler_missing',
      'oauth',
      'the definition declares `oauth`, and nothing says as which client access is asked for.',
      'Write oauth: ({ ctx }) => ({ clientId: ctx.secrets.CLIENT_ID, clientSecret: ctx.secrets.CLIENT_SECRET }).',
    )
  if (!definition.oauth && oauth !== undefined)
    list.add('handler_unknown', 'oauth', 'the definition declares no `oauth`.', 'Declare it, or leave this out.')
  compare(list, 'actions', 'action', Object.keys(definition.actions), actions)
  const given = fieldsAt(list, 'channels', channels, '{ direct: { messages: { … } } }') ?? {}
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(definition.channels, name))
      unknown(list, `channels.${name}`, 'channel', Object.keys(definition.channels))
  }
  for (const [name, { messages, drafts }] of Object.entries(definition.channels)) {
    const path = `channels.${name}`
    const channel = Object.hasOwn(given, name) ? fieldsAt(list, path, given[name], '{ messages: { … } }') : undefined
    const parts = drafts ? ['messages', 'drafts', 'discardDraft'] : ['messages']
    for (const part of Object.keys(channel ?? {}))
      if (!parts.includes(part)) unknown(list, `${path}.${part}`, 'part of a channel’s implementation', parts)
    compare(list, `${path}.messages`, 'message', Object.keys(messages), channel?.messages, partial)
    if (!drafts) continue
    // What has no handler here is not shown before it is whole.
    compare(list, `${path}.drafts`, 'draft', Object.keys(messages), channel?.drafts, true)
    checkFunctions(list, path, 'part of a channel’s implementation', { discardDraft: channel?.discardDraft }, parts)
  }
  checkCapabilities(list, definition)
  checkLimits(list, definition)
  return list.problems
}

/** What can be told of the handlers of an integration without its definition. */
export function checkLooseHandlers(handlers: unknown): Problem[] {
  const list = new ProblemList()
  const { actions, channels } = checkParts(list, handlers)
  fieldsAt(list, 'actions', actions)
  fieldsAt(list, 'channels', channels)
  return list.problems
}

function checkParts(
  list: ProblemList,
  handlers: unknown,
): { readonly actions?: unknown; readonly channels?: unknown; readonly oauth?: unknown } {
  const { actions, channels, webhook, files, ...rest } =
    fieldsAt(list, 'handlers', handlers, '{ actions: { … } }') ?? {}
  checkFunctions(list, '', 'part of an implementation', rest, single, [...single, ...sections])
  const guards = Object.entries(fieldsAt(list, 'webhook', webhook) ?? {}).filter(
    ([name, guard]) => !(guardNames.includes(name) && guard === 'none'),
  )
  checkFunctions(list, 'webhook', 'part of `webhook`', Object.fromEntries(guards), [...guardNames, 'bodyLimit'])
  if (files !== undefined) compare(list, 'files', 'part of `files`', ['secret', 'read'], files)
  return { actions, channels, oauth: rest.oauth }
}

const guardNames = ['verify', 'deliveryId']
const sections = ['webhook', 'files', 'actions', 'channels']
const single = ['register', 'unregister', 'handler', 'listen', 'stop', 'capabilities', 'oauth']

/** What the handlers of a plugin or bot lack or have too much. */
export function checkConsumerHandlers(kind: 'plugin' | 'bot', definition: ConsumerData, handlers: unknown): Problem[] {
  const list = new ProblemList()
  const { actions, ...rest } = fieldsAt(list, 'handlers', handlers, '{ actions: { … } }') ?? {}
  for (const name of Object.keys(rest)) unknown(list, name, `part of the implementation of a ${kind}`, ['actions'])
  compare(list, 'actions', 'action', Object.keys(definition.actions), actions)
  return list.problems
}

/**
 * Refuses what is no definition of a kind in the place of one.
 * @throws {DefinitionError} with the code `implementation_invalid`.
 */
export function demandDefinition(kind: DefinitionKind, given: unknown): void {
  if (isDefinition(given, kind)) return
  const name = `${kind[0]?.toUpperCase()}${kind.slice(1)}`
  throw new DefinitionError(
    `the implementation of ${kind === 'integration' || kind === 'interface' ? 'an' : 'a'} ${kind}`,
    [
      {
        code: 'definition_invalid',
        path: 'definition',
        message: `expected the definition of ${kind === 'integration' ? 'an integration' : `a ${kind}`}, given ${shown(given)}.`,
        remedy: `Write new ${name}Implementation(definition, { … }). If it is imported, look whether the two modules import each other.`,
      },
    ],
    {},
    'implementation_invalid',
  )
}

/** Refuses handlers that do not fit, all problems at once. */
export function refuseHandlers(kind: DefinitionKind, name: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return
  throw new DefinitionError(
    name === '' ? `the implementation of an ${kind}` : `the implementation of ${kind} '${name}'`,
    problems,
    name === '' ? {} : { [kind]: name },
    'implementation_invalid',
  )
}

/** Checks that every declared member has a function, and that there is none beside. With `partial` it may have none. */
function compare(
  list: ProblemList,
  path: string,
  what: string,
  declared: readonly string[],
  given: unknown,
  partial = false,
): void {
  const functions = fieldsAt(list, path, given) ?? {}
  for (const name of declared) {
    const handler = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (handler === undefined && partial) continue
    const fault = handler === undefined ? `there is no handler for ${what} '${name}'` : notOne(what, name, handler)
    if (typeof handler !== 'function') list.add('handler_missing', `${path}.${name}`, `${fault}.`, 'Write a function.')
  }
  for (const name of Object.keys(functions))
    if (!declared.includes(name)) unknown(list, `${path}.${name}`, what, declared)
}

/** Checks functions that may be left out. */
function checkFunctions(
  list: ProblemList,
  path: string,
  what: string,
  given: Readonly<Record<string, unknown>> = {},
  optional: readonly string[],
  known = optional,
): void {
  for (const [name, handler] of Object.entries(given)) {
    const place = path === '' ? name : `${path}.${name}`
    if (!optional.includes(name)) unknown(list, place, what, known)
    else if (handler !== undefined && typeof handler !== 'function')
      list.add('handler_missing', place, `${notOne(what, name, handler)}.`, 'Write a function, or leave it out.')
  }
}

/** A configuration leaves capabilities; one that nothing claims is a misspelt one. */
function checkCapabilities(list: ProblemList, definition: IntegrationData): void {
  const {
    configuration,
    configurations,
    interfaces = [],
  } = definition as IntegrationData & {
    interfaces?: readonly { readonly capabilities: readonly string[] }[]
  }
  const claimed = [...new Set(interfaces.flatMap(({ capabilities }) => capabilities))]
  const all = [['configuration', configuration] as const, ...Object.entries(configurations)]
  for (const [name, declared] of all as [string, IntegrationData['configuration']][]) {
    for (const capability of declared?.capabilities ?? []) {
      if (!claimed.includes(capability))
        list.add(
          'capability_unknown',
          `${name === 'configuration' ? name : `configurations.${name}`}.capabilities`,
          `a configuration leaves the capability '${capability}', which the integration does not claim.`,
          `It claims ${listed(claimed)}.`,
        )
    }
  }
}

/** Which actions there are is known only once the definition is whole. */
function checkLimits(list: ProblemList, { actions, rateLimits, configuration, configurations }: IntegrationData): void {
  const names = Object.keys(actions)
  checkLimitedActions(list, 'rateLimits', rateLimits, names)
  checkLimitedActions(list, 'configuration.rateLimits', configuration?.rateLimits, names)
  for (const [name, declared] of Object.entries(configurations) as [string, IntegrationData['configuration']][])
    checkLimitedActions(list, `configurations.${name}.rateLimits`, declared?.rateLimits, names)
}

const notOne = (what: string, name: string, given: unknown): string =>
  `the handler for ${what} '${name}' is no function, given ${shown(given)}`

function unknown(list: ProblemList, path: string, what: string, declared: readonly string[]): void {
  list.add('handler_unknown', path, `the definition declares no ${what} of that name.`, `It has ${listed(declared)}.`)
}
