import type { IntegrationDefinition } from '../../definition/integration-definition.ts'
import type { OfKind } from '../../definition/members.ts'
import { type Packaged, packageOf } from '../../definition/package.ts'
import type { AnyHandlers } from './installation.ts'
import { loadIntegration } from './load-implementation.ts'

/**
 * The same integration with other handlers: what `change` makes of its own, whenever they are loaded. For tests, which
 * watch an integration by it or have it fail; the one that was given stays as it is.
 */
export function withHandlers<T extends OfKind<'integration', unknown>>(
  integration: T,
  change: (handlers: AnyHandlers) => AnyHandlers,
): Packaged<T> {
  const changed: object = Object.create(integration)
  return packageOf(changed, async () => {
    const handlers = change(await loadIntegration(integration as unknown as IntegrationDefinition))
    return { default: { kind: 'integration-implementation', definition: changed, handlers } }
  }) as Packaged<T>
}
