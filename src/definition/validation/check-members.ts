import {
  checkFields,
  describedFields,
  entriesOf,
  type Fields,
  fieldsAt,
  type FieldTable,
  metadataFields,
} from './check-fields.ts'
import { checkMemberName, checkTagged } from './check-names.ts'
import { checkDeclaration, checkObjectSchema, type SchemaCheck } from './check-schemas.ts'
import { type ProblemList, shown } from './problem-list.ts'

/** What an action can have beside its metadata. */
const actionFields = { ...metadataFields, input: 'checked', output: 'checked' } as const satisfies FieldTable

/** Checks actions: names, metadata, input and output. `extra` are the fields that only some definitions know. */
export function checkActions(
  list: ProblemList,
  actions: unknown,
  checkSchema: SchemaCheck = checkObjectSchema,
  extra: FieldTable = {},
): void {
  for (const [name, action] of entriesOf(list, 'actions', actions)) {
    const path = `actions.${name}`
    checkMemberName(list, path, name)
    checkFields(list, path, action, { ...actionFields, ...extra })
    checkInputAndOutput(list, path, action, checkSchema)
    if (action.stream !== undefined && Object.hasOwn(extra, 'stream'))
      checkDeclaration(list, `${path}.stream`, action.stream, checkSchema)
  }
}

function checkInputAndOutput(list: ProblemList, path: string, action: Fields, checkSchema: SchemaCheck): void {
  if (action.input === undefined)
    list.add(
      'action_input_missing',
      `${path}.input`,
      'the action declares no input.',
      'An action without parameters takes { schema: z.object({}) }.',
    )
  else checkDeclaration(list, `${path}.input`, action.input, checkSchema)
  if (action.output === undefined)
    list.add(
      'action_output_missing',
      `${path}.output`,
      'the action declares no output.',
      'An action without a result gives { schema: z.object({}) }.',
    )
  else checkDeclaration(list, `${path}.output`, action.output, checkSchema)
}

/** Checks declarations that are a name and a schema. */
export function checkDescribed(
  list: ProblemList,
  section: string,
  members: unknown,
  checkSchema: SchemaCheck = checkObjectSchema,
  table: FieldTable = describedFields,
): void {
  for (const [name, member] of entriesOf(list, section, members)) {
    checkMemberName(list, `${section}.${name}`, name)
    checkDeclaration(list, `${section}.${name}`, member, checkSchema, table)
  }
}

/** Checks channels: names, at least one message each, tags. */
export function checkChannels(
  list: ProblemList,
  channels: unknown,
  checkSchema: SchemaCheck = checkObjectSchema,
  extra: FieldTable = {},
): void {
  for (const [name, channel] of entriesOf(list, 'channels', channels)) {
    const path = `channels.${name}`
    checkMemberName(list, path, name)
    checkFields(list, path, channel, { title: 'text', description: 'text', messages: 'checked', ...extra })
    const messages = fieldsAt(list, `${path}.messages`, channel.messages ?? {}, '{ text: messages.defaults.text }')
    if (messages && Object.keys(messages).length === 0)
      list.add(
        'channel_empty',
        `${path}.messages`,
        'the channel declares no message.',
        'Declare at least one, such as { text: messages.defaults.text }.',
      )
    checkDescribed(list, `${path}.messages`, messages, checkSchema)
    for (const part of ['message', 'conversation'])
      if (Object.hasOwn(extra, part)) checkTagged(list, `${path}.${part}`, channel[part])
  }
}

/** Checks states: names, whom they belong to, schema. */
export function checkStates(
  list: ProblemList,
  states: unknown,
  owners: readonly string[],
  checkSchema: SchemaCheck = checkObjectSchema,
  extra: FieldTable = {},
): void {
  for (const [name, state] of entriesOf(list, 'states', states)) {
    const path = `states.${name}`
    checkMemberName(list, path, name)
    if (!owners.includes(state.type as string)) {
      list.add(
        'state_type_missing',
        `${path}.type`,
        `expected one of ${owners.map((owner) => `'${owner}'`).join(', ')}, given ${shown(state.type)}.`,
        'Say what the state belongs to.',
      )
    }
    if (Object.hasOwn(extra, 'expiry')) checkDuration(list, `${path}.expiry`, state.expiry)
    checkDeclaration(list, path, state, checkSchema, { ...describedFields, type: 'checked', ...extra })
  }
}

/** Checks milliseconds, which may be left out. */
export function checkDuration(list: ProblemList, path: string, given: unknown): void {
  if (given === undefined || (typeof given === 'number' && given > 0)) return
  const message = `expected milliseconds, given ${shown(given)}.`
  list.add('definition_invalid', path, message, 'Give a number above 0, or leave it out.')
}
