import type { ImplementedInterface } from '../../definition/extend.ts'
import type { IntegrationDefinition } from '../../definition/integration-definition.ts'

/** An installed integration, as a candidate for needs. */
export interface Offer {
  readonly alias: string
  readonly definition: IntegrationDefinition
  /** Why it takes no part: disabled, or what configuration is missing. Undefined for an active one. */
  readonly inactive: string | undefined
  /** What makes an inactive one active: sentences. */
  readonly remedy?: string
  /** The claimed capabilities that its configuration leaves. */
  capabilitiesOf(implementation: ImplementedInterface): readonly string[]
  /** Why it is not proved that it implements an interface: a piece of a sentence. Undefined where it is, or where nobody demands that. */
  unproved?(implementation: ImplementedInterface): string | undefined
}

/** What an offer implements, for messages. */
export function describeInterfaces({ definition }: Offer): string {
  const names = definition.interfaces.map(
    ({ interface: base, as }) => `'${base.name}' ${base.version}${as === base.name ? '' : ` as '${as}'`}`,
  )
  return names.length === 0 ? 'no interface' : names.join(', ')
}
