import { checkMemberName, checkTags } from './check-names.ts'
import { checkObjectSchema } from './check-schemas.ts'
import type { ProblemList } from './problem-list.ts'
import { shown } from './problem-list.ts'

/** Checks a declaration that holds a schema; interfaces and consumers check builders in its place. */
export type SchemaCheck = (list: ProblemList, path: string, declaration: unknown) => void

/** Checks actions: names, input and output. */
export function checkActions(list: ProblemList, actions: unknown, checkSchema: SchemaCheck = checkObjectSchema): void {
  for (const [name, action] of entriesOf(list, 'actions', actions)) {
    const path = `actions.${name}`
    checkMemberName(list, path, name)
    if (action.input === undefined)
      list.add(
        'action_input_missing',
        `${path}.input`,
        'the action declares no input.',
        'An action without parameters takes { schema: z.object({}) }.',
      )
    else checkSchema(list, `${path}.input`, action.input)
    if (action.output === undefined)
      list.add(
        'action_output_missing',
        `${path}.output`,
        'the action declares no output.',
        'An action without a result gives { schema: z.object({}) }.',
      )
    else checkSchema(list, `${path}.output`, action.output)
    if (action.stream !== undefined) checkSchema(list, `${path}.stream`, action.stream)
  }
}

/** Checks declarations that are a name and a schema. */
export function checkDescribed(
  list: ProblemList,
  section: string,
  members: unknown,
  checkSchema: SchemaCheck = checkObjectSchema,
): void {
  for (const [name, member] of entriesOf(list, section, members)) {
    checkMemberName(list, `${section}.${name}`, name)
    checkSchema(list, `${section}.${name}`, member)
  }
}

/** Checks channels: names, at least one message each, tags. */
export function checkChannels(
  list: ProblemList,
  channels: unknown,
  checkSchema: SchemaCheck = checkObjectSchema,
): void {
  for (const [name, channel] of entriesOf(list, 'channels', channels)) {
    const path = `channels.${name}`
    checkMemberName(list, path, name)
    const messages = entriesOf(list, `${path}.messages`, channel.messages)
    if (messages.length === 0)
      list.add(
        'channel_empty',
        `${path}.messages`,
        'the channel declares no message.',
        'Declare at least one, such as { text: messages.defaults.text }.',
      )
    for (const [type, message] of messages) {
      checkMemberName(list, `${path}.messages.${type}`, type)
      checkSchema(list, `${path}.messages.${type}`, message)
    }
    for (const part of ['message', 'conversation'] as const)
      checkTags(list, `${path}.${part}.tags`, (channel[part] as { tags?: unknown } | undefined)?.tags)
  }
}

/** Checks states: names, whom they belong to, schema. */
export function checkStates(
  list: ProblemList,
  states: unknown,
  owners: readonly string[],
  checkSchema: SchemaCheck = checkObjectSchema,
): void {
  for (const [name, state] of entriesOf(list, 'states', states)) {
    const path = `states.${name}`
    checkMemberName(list, path, name)
    if (!owners.includes(state.type as string)) {
      list.add(
        'state_type_missing',
        `${path}.type`,
        `expected ${owners.map((owner) => `'${owner}'`).join(', ')}, given ${shown(state.type)}.`,
        'Say what the state belongs to.',
      )
    }
    if (state.expiry !== undefined && !(typeof state.expiry === 'number' && state.expiry > 0)) {
      list.add(
        'definition_invalid',
        `${path}.expiry`,
        `expected milliseconds, given ${shown(state.expiry)}.`,
        'Give a number above 0, or leave it out.',
      )
    }
    checkSchema(list, path, state)
  }
}

/** The own entries of a record of declarations; a problem where it is none. */
export function entriesOf(list: ProblemList, path: string, record: unknown): [string, Record<string, unknown>][] {
  if (record === undefined) return []
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    list.add('definition_invalid', path, `expected an object, given ${shown(record)}.`, 'Write { name: { … } }.')
    return []
  }
  return Object.entries(record).filter(([name, value]) => {
    if (typeof value === 'object' && value !== null) return true
    list.add('definition_invalid', `${path}.${name}`, `expected an object, given ${shown(value)}.`, 'Write { … }.')
    return false
  }) as [string, Record<string, unknown>][]
}
