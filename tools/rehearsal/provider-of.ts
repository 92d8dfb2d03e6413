import type { EntityDefinition } from '../../src/definition/member-definitions.ts'
import type { Need } from '../../src/definition/need.ts'
import type { Schema } from '../../src/definition/schema.ts'
import { IntegrationDefinition, type InterfaceDefinition, z } from '../../src/index.ts'

/**
 * An integration that meets a need and does no more than that: it maps the entities and claims the capabilities that are
 * required. Its entities have a field of their own, as those of a platform do, so that those of another one do not pass
 * for them.
 */
export function providerOf(need: Need, name: string): IntegrationDefinition {
  const entities = Object.fromEntries(
    need.requirements.flatMap(({ interface: base }) =>
      requiredOf(base).map(([key, { schema }]) => [key, { schema: ownSchema(schema, name) as z.ZodObject }] as const),
    ),
  )
  const provider = new IntegrationDefinition({ name, version: '1.0.0', entities })
  for (const { interface: base, capabilities } of need.requirements) {
    const map = ({ entities: own }: { entities: object }): object => ({
      entities: Object.fromEntries(requiredOf(base).map(([key]) => [key, own[key as never]])),
      capabilities,
    })
    provider.extend(base as never, map as never)
  }
  return provider as unknown as IntegrationDefinition
}

const requiredOf = (base: InterfaceDefinition): (readonly [string, EntityDefinition])[] =>
  Object.entries(base.members.entities).filter(([, { optional }]) => !optional)

function ownSchema(schema: Schema, name: string): Schema {
  return schema instanceof z.ZodObject ? schema.extend({ provider: z.literal(name) }) : schema
}
