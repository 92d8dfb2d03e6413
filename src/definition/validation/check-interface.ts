import { DefinitionError } from '../../errors/index.ts'
import { findIds } from '../judges/object-shape.ts'
import type { Schema } from '../schema.ts'
import { checkBuilt } from './check-built.ts'
import { checkCapabilities } from './check-capabilities.ts'
import { describedFields, entriesOf, type FieldTable, propsOf } from './check-fields.ts'
import { checkActions, checkChannels, checkDescribed } from './check-members.ts'
import { checkHead, checkMemberName } from './check-names.ts'
import { checkDeclaration, checkJsonSafe, checkObjectSchema, type SchemaCheck } from './check-schemas.ts'
import { isSchema } from './find-holes.ts'
import { ProblemList, shown } from './problem-list.ts'

const interfaceFields = {
  name: 'checked',
  version: 'checked',
  title: 'text',
  description: 'text',
  entities: 'checked',
  actions: 'checked',
  events: 'checked',
  channels: 'checked',
  capabilities: 'texts',
  experimental: 'flag',
} as const satisfies FieldTable

const actionFields = {
  stream: 'checked',
  capability: 'text',
  downgrade: 'checked',
  fieldCapabilities: 'texts',
  cost: 'function',
} as const satisfies FieldTable

/** Checks what an interface declares, its builders included. Throws all problems at once. */
export function checkInterface(given: unknown): void {
  const list = new ProblemList()
  const props = propsOf(list, given, interfaceFields)
  checkHead(list, props)
  const entities: Record<string, Schema> = {}
  for (const [name, entity] of entriesOf(list, 'entities', props.entities)) {
    checkMemberName(list, `entities.${name}`, name)
    const check: SchemaCheck = (problems, path, declaration) => {
      const schema = checkObjectSchema(problems, path, declaration)
      if (!schema) return
      entities[name] = schema
      checkJsonSafe(problems, path, schema, 'an entity')
    }
    checkDeclaration(list, `entities.${name}`, entity, check, { ...describedFields, optional: 'flag' })
  }
  const built = new Map<string, Schema>()
  const check = builderCheck(entities, built)
  checkActions(list, props.actions, check, actionFields)
  checkDescribed(list, 'events', props.events, check)
  checkChannels(list, props.channels, check)
  checkCapabilities(list, props, built)
  if (list.problems.length === 0) return
  const name = typeof props.name === 'string' ? props.name : ''
  throw new DefinitionError(`interface ${shown(props.name)}`, list.problems, { interface: name })
}

/** Calls a builder with the interface's own entities and looks at what it gives, which it puts into `built` by its path. */
function builderCheck(entities: Record<string, Schema>, built: Map<string, Schema>): SchemaCheck {
  const known = new Set(Object.values(entities).flatMap(idsOf))
  return (list, path, declaration) => {
    const place = `${path}.schema`
    const build = (declaration as { schema?: unknown } | null)?.schema
    if (typeof build !== 'function') {
      const given = isSchema(declaration) ? 'a schema' : shown(build)
      list.add(
        'schema_missing',
        place,
        `expected a builder, given ${given}.`,
        'Write schema: (entities) => z.object({ … }).',
      )
      return
    }
    const schema = checkBuilt(list, place, () => build(entities), Object.keys(entities))
    if (!schema) return
    built.set(path, schema)
    for (const id of idsOf(schema)) {
      if (!known.has(id))
        list.add(
          'builder_identified',
          place,
          `the builder gives a schema the id '${id}', but it is called again for every integration that extends the interface.`,
          'Leave the id out of .meta().',
        )
    }
  }
}

function idsOf(schema: Schema): string[] {
  try {
    return findIds(schema)
  } catch (error) {
    // A schema that is made anew each time that it is read has no end, and its ids cannot be found.
    if (error instanceof RangeError) return []
    throw error
  }
}
