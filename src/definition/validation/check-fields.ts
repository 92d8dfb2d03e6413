import { listed, type ProblemList, shown } from './problem-list.ts'

/** The fields of a part of a definition, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>

const kinds = {
  text: { expected: 'text', fits: (value: unknown) => typeof value === 'string' },
  flag: { expected: 'true or false', fits: (value: unknown) => typeof value === 'boolean' },
  function: { expected: 'a function', fits: (value: unknown) => typeof value === 'function' },
  texts: {
    expected: 'an object of texts',
    fits: (value: unknown) => isRecord(value) && Object.values(value).every((text) => typeof text === 'string'),
  },
  names: {
    expected: 'a list of names',
    fits: (value: unknown) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  },
  record: { expected: 'an object', fits: (value: unknown) => isRecord(value) },
  /** Looked at by a check of its own. */
  checked: { expected: 'something', fits: () => true },
} as const

/** The fields that a part of a definition may have, and what each holds. */
export type FieldTable = Readonly<Record<string, keyof typeof kinds>>

/** The fields of whatever holds a schema. */
export const describedFields = { schema: 'checked', title: 'text', description: 'text' } as const satisfies FieldTable

/** The fields by which every action can be described. */
export const metadataFields = {
  title: 'text',
  description: 'text',
  billable: 'flag',
  cacheable: 'flag',
  idempotent: 'flag',
  attributes: 'texts',
} as const satisfies FieldTable

/** Whether a value is an object with fields: neither a list nor a Map, a schema or something else that has a form of its own. */
export function isRecord(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || '_zod' in value) return false
  const tag = Object.prototype.toString.call(value)
  // The second is what `import * as actions` gives.
  return tag === '[object Object]' || tag === '[object Module]'
}

/** The fields of a part that is there; undefined, with a problem where it is no object. */
export function fieldsAt(list: ProblemList, path: string, value: unknown, example = '{ … }'): Fields | undefined {
  if (value === undefined) return undefined
  if (isRecord(value)) return value
  list.add('definition_invalid', path, `expected an object, given ${shown(value)}.`, `Write ${example}.`)
  return undefined
}

/** The fields of what a definition is made from, checked by their table; none where it is no object. */
export function propsOf(list: ProblemList, given: unknown, table: FieldTable): Fields {
  const fields = fieldsAt(list, 'definition', given, "{ name: '…', … }") ?? {}
  checkFields(list, '', fields, table)
  return fields
}

/** Checks that a part has no other fields than its table says, and that each holds what the table says. */
export function checkFields(list: ProblemList, path: string, given: unknown, table: FieldTable): void {
  for (const [name, value] of Object.entries(fieldsAt(list, path, given) ?? {})) {
    if (value === undefined) continue
    const place = path === '' ? name : `${path}.${name}`
    const kind = Object.hasOwn(table, name) ? table[name] : undefined
    if (kind === undefined) {
      list.add('definition_invalid', place, `there is no '${name}' here.`, `It takes ${listed(Object.keys(table))}.`)
    } else if (!kinds[kind].fits(value)) {
      list.add(
        'definition_invalid',
        place,
        `expected ${kinds[kind].expected}, given ${shown(value)}.`,
        'Change it, or leave it out.',
      )
    }
  }
}

/** The own entries of a record of declarations; a problem for it, or for an entry, that is no object. */
export function entriesOf(list: ProblemList, path: string, record: unknown): [string, Fields][] {
  const fields = fieldsAt(list, path, record, '{ name: { … } }')
  return Object.entries(fields ?? {}).filter((entry): entry is [string, Fields] => {
    const [name, value] = entry
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return true
    list.add('definition_invalid', `${path}.${name}`, `expected an object, given ${shown(value)}.`, 'Write { … }.')
    return false
  })
}
