import { DefinitionError } from '../../errors/index.ts'
import { findIds, isObjectSchema } from '../judges/object-shape.ts'
import { describeType } from '../judges/describe-type.ts'
import type { Schema } from '../schema.ts'
import { checkActions, checkChannels, checkDescribed, entriesOf, type SchemaCheck } from './check-members.ts'
import { checkHead, checkMemberName } from './check-names.ts'
import { checkJsonSafe, checkObjectSchema, isSchema } from './check-schemas.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

/** Checks what an interface declares, its builders included. Throws all problems at once. */
export function checkInterface(given: object): void {
  const props = given as Record<string, unknown>
  const list = new ProblemList()
  checkHead(list, props)
  const entities: Record<string, Schema> = {}
  for (const [name, entity] of entriesOf(list, 'entities', props.entities)) {
    checkMemberName(list, `entities.${name}`, name)
    const schema = checkObjectSchema(list, `entities.${name}`, entity)
    if (!schema) continue
    entities[name] = schema
    checkJsonSafe(list, `entities.${name}`, schema, 'an entity')
  }
  const check = builderCheck(entities)
  checkActions(list, props.actions, check)
  checkDescribed(list, 'events', props.events, check)
  checkChannels(list, props.channels, check)
  const capabilities = Object.keys(props.capabilities ?? {})
  for (const name of capabilities) checkMemberName(list, `capabilities.${name}`, name)
  checkCapabilities(list, entriesOf(new ProblemList(), 'actions', props.actions), capabilities)
  if (list.problems.length > 0)
    throw new DefinitionError(`interface ${shown(props.name)}`, list.problems, { interface: String(props.name) })
}

/** Calls a builder with the interface's own entities and looks at what it gives. */
function builderCheck(entities: Record<string, Schema>): SchemaCheck {
  const known = new Set(Object.values(entities).flatMap((schema) => findIds(schema)))
  return (list, path, declaration) => {
    const build = (declaration as { schema?: unknown }).schema
    if (typeof build !== 'function') {
      list.add(
        'schema_missing',
        `${path}.schema`,
        `expected a builder, given ${isSchema(build) ? 'a schema' : shown(build)}.`,
        'Write schema: (entities) => z.object({ … }).',
      )
      return
    }
    let schema: unknown
    try {
      schema = build(entities)
    } catch (error) {
      list.add(
        'builder_failed',
        `${path}.schema`,
        `the builder threw: ${error instanceof Error ? error.message : String(error)}.`,
        `It is called with the schemas of the entities: ${listed(Object.keys(entities))}.`,
      )
      return
    }
    if (!isSchema(schema))
      list.add(
        'schema_missing',
        `${path}.schema`,
        `the builder gave ${shown(schema)}, no schema.`,
        'Return z.object({ … }).',
      )
    else if (!isObjectSchema(schema))
      list.add(
        'schema_not_object',
        `${path}.schema`,
        `expected the schema of an object, given ${describeType(schema)}.`,
        'Use z.object({ … }).',
      )
    else {
      for (const id of findIds(schema)) {
        if (!known.has(id))
          list.add(
            'builder_identified',
            `${path}.schema`,
            `the builder gives a schema the id '${id}', but it is called again for every integration that extends the interface.`,
            'Leave the id out of .meta().',
          )
      }
    }
  }
}

function checkCapabilities(
  list: ProblemList,
  actions: [string, Record<string, unknown>][],
  capabilities: readonly string[],
): void {
  const names = actions.map(([name]) => name)
  for (const [name, action] of actions) {
    const needed = [
      ...(action.capability === undefined ? [] : [action.capability]),
      ...Object.values(action.fieldCapabilities ?? {}),
    ]
    for (const capability of needed) {
      if (!capabilities.includes(capability as string)) {
        list.add(
          'capability_unknown',
          `actions.${name}`,
          `the interface declares no capability ${shown(capability)}.`,
          `Declare it in \`capabilities\`, which has ${listed(capabilities)}.`,
        )
      }
    }
    const downgrade = action.downgrade as { to?: unknown } | undefined
    if (downgrade && !names.includes(downgrade.to as string)) {
      list.add(
        'member_unknown',
        `actions.${name}.downgrade.to`,
        `the interface has no action ${shown(downgrade.to)}.`,
        `It has ${listed(names)}.`,
      )
    }
  }
}
