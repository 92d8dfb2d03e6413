import { hasField } from '../field-path.ts'
import { shapeOf } from '../judges/object-shape.ts'
import type { Schema } from '../schema.ts'
import { checkFields, entriesOf, type Fields, isRecord } from './check-fields.ts'
import { checkMemberName } from './check-names.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

/** Checks that what the actions of an interface say of capabilities, fields and each other is there. `built` has their schemas. */
export function checkCapabilities(list: ProblemList, props: Fields, built: ReadonlyMap<string, Schema>): void {
  const capabilities = isRecord(props.capabilities) ? Object.keys(props.capabilities) : []
  for (const name of capabilities) checkMemberName(list, `capabilities.${name}`, name)
  // What is wrong with the section itself was told already.
  const actions = new Map(entriesOf(new ProblemList(), 'actions', props.actions))
  for (const [name, action] of actions) {
    const path = `actions.${name}`
    checkClientName(list, path, name)
    const fields = Object.entries(isRecord(action.fieldCapabilities) ? action.fieldCapabilities : {})
    const needed = [
      [`${path}.capability`, action.capability],
      ...fields.map(([field, capability]) => [`${path}.fieldCapabilities.${field}`, capability] as const),
    ] as const
    for (const [place, capability] of needed) {
      if (typeof capability !== 'string' || capabilities.includes(capability)) continue
      list.add(
        'capability_unknown',
        place,
        `the interface declares no capability ${shown(capability)}.`,
        `Declare it in \`capabilities\`, which has ${listed(capabilities)}.`,
      )
    }
    checkFieldNames(list, path, action, built.get(`${path}.input`))
    if (action.downgrade !== undefined) checkDowngrade(list, name, action.downgrade, actions)
  }
}

/** Beside the actions of a need stand `entities` and `capabilities`: `interfaces.llm.entities`. */
export function checkClientName(list: ProblemList, path: string, name: unknown): void {
  if (name === 'entities' || name === 'capabilities')
    list.add('name_taken', path, `'${name}' is where the ${name} of a need are.`, 'Give the action another name.')
}

function checkFieldNames(
  list: ProblemList,
  path: string,
  { fieldCapabilities }: Fields,
  input: Schema | undefined,
): void {
  const shape = input && shapeOf(input)
  if (!shape || !isRecord(fieldCapabilities)) return
  for (const field of Object.keys(fieldCapabilities)) {
    if (!hasField(input, field))
      list.add(
        'member_unknown',
        `${path}.fieldCapabilities.${field}`,
        `the input has no field '${field}'.`,
        `It has ${listed(Object.keys(shape))}.`,
      )
  }
}

function checkDowngrade(
  list: ProblemList,
  name: string,
  downgrade: unknown,
  actions: ReadonlyMap<string, Fields>,
): void {
  const path = `actions.${name}.downgrade`
  checkFields(list, path, downgrade, { to: 'text', items: 'function' })
  if (!isRecord(downgrade)) return
  const { to, items } = downgrade
  const others = [...actions.keys()].filter((other) => other !== name)
  if (typeof to !== 'string' || !others.includes(to)) {
    list.add(
      'member_unknown',
      `${path}.to`,
      `the interface has no other action ${shown(to)}.`,
      `It has ${listed(others)}.`,
    )
  } else if (leadsBack(name, actions)) {
    list.add(
      'definition_invalid',
      `${path}.to`,
      `what stands in for '${to}' comes back to '${name}'.`,
      'Let one stand in that every integration has.',
    )
  }
  if (items === undefined)
    list.add(
      'definition_invalid',
      `${path}.items`,
      'nothing says how its output becomes items.',
      'Write items: (output) => [ … ].',
    )
}

/** Whether an action stands in for itself, by others between. */
function leadsBack(name: string, actions: ReadonlyMap<string, Fields>): boolean {
  const met = new Set([name])
  let next = standIn(actions.get(name))
  while (typeof next === 'string' && !met.has(next)) {
    met.add(next)
    next = standIn(actions.get(next))
  }
  return next === name
}

const standIn = (action: Fields | undefined): unknown => (isRecord(action?.downgrade) ? action.downgrade.to : undefined)
