import { loaderOf } from '../../definition/package.ts'
import { DefinitionError, type Problem } from '../../errors/index.ts'
import { checkIntegrationHandlers } from '../../implementation/check-handlers.ts'
import type { ConsumerImplementation } from '../../implementation/consumer-implementation.ts'
import type { LooseConsumerTypes } from '../../implementation/loose-handlers.ts'
import type { IntegrationDefinition } from '../../definition/integration-definition.ts'
import type { PluginDefinition } from '../../definition/plugin-definition.ts'
import type { AnyHandlers } from './installation.ts'

type AnyConsumerImplementation = ConsumerImplementation<LooseConsumerTypes, LooseConsumerTypes> & {
  readonly handlers: { readonly actions?: Readonly<Record<string, (props: never) => Promise<unknown>>> }
}

/** Loads the functions of an integration; the vendor's SDK is loaded with them. */
export async function loadIntegration(definition: IntegrationDefinition): Promise<AnyHandlers> {
  const implementation = await load(definition, 'integration-implementation')
  const { handlers } = implementation as { handlers: AnyHandlers }
  if (implementation.definition !== definition) {
    const problems = implementation.definition
      ? [other(definition.name, `integration '${(implementation.definition as { name: string }).name}'`)]
      : checkIntegrationHandlers(definition, handlers, { partial: true })
    if (problems.length > 0)
      throw new DefinitionError(
        `the implementation of integration '${definition.name}'`,
        problems,
        { integration: definition.name },
        'implementation_invalid',
      )
  }
  return handlers
}

/** Loads the functions of a plugin. */
export async function loadPlugin(definition: PluginDefinition): Promise<AnyConsumerImplementation> {
  const implementation = await load(definition, 'plugin-implementation')
  if (implementation.definition !== definition)
    throw new DefinitionError(
      `the implementation of plugin '${definition.name}'`,
      [other(definition.name, 'another plugin')],
      { plugin: definition.name },
      'implementation_invalid',
    )
  return implementation as unknown as AnyConsumerImplementation
}

async function load(
  definition: { readonly kind: string; readonly name: string },
  kind: string,
): Promise<{ readonly kind?: unknown; readonly definition?: unknown }> {
  const fail = (problem: Problem): never => {
    throw new DefinitionError(
      `${definition.kind} '${definition.name}'`,
      [problem],
      { [definition.kind]: definition.name },
      'implementation_invalid',
    )
  }
  const loader = loaderOf(definition)
  if (!loader) {
    return fail({
      code: 'implementation_missing',
      path: 'implementedBy',
      message: `${definition.kind} '${definition.name}' has no implementation.`,
      remedy: "Write export default definition.implementedBy(() => import('./implementation.ts')).",
    })
  }
  const loaded = (await loader()).default as { readonly kind?: unknown } | undefined
  if (loaded?.kind !== kind) {
    return fail({
      code: 'implementation_missing',
      path: 'implementedBy',
      message: `what is loaded for ${definition.kind} '${definition.name}' has no implementation as its default export.`,
      remedy: `Write export default new ${definition.kind === 'integration' ? 'Integration' : 'Plugin'}Implementation(definition, { … }).`,
    })
  }
  return loaded
}

const other = (name: string, given: string): Problem => ({
  code: 'implementation_missing',
  path: 'implementedBy',
  message: `what is loaded for '${name}' implements ${given}.`,
  remedy: 'Load the implementation of this definition.',
})
