import {
  type ImplementedInterface,
  type Integration,
  IntegrationDefinition,
  type IntegrationTypes,
  type InterfaceDefinition,
  PlugboardError,
  type z,
} from 'plugboard'
import type { Contract } from '../contract.ts'
import type { Probe } from './probe.ts'
import type { SuiteOptions } from './suite-options.ts'

export type Action = ImplementedInterface['actions'][string]['action']
export type AnyIntegration = Integration<IntegrationTypes>

/** The integration that is tested, as one implementation of one interface. */
export interface Subject {
  readonly contract: Contract
  /** The contract and those that it includes, each once, the innermost first. */
  readonly contracts: readonly Contract[]
  readonly integration: AnyIntegration
  readonly implementation: ImplementedInterface
  /** What the interface says with the integration's entities in it, whatever the integration says. */
  readonly reference: Reference
  readonly options: SuiteOptions
  /** What was watched so far. */
  readonly probes: Probe[]
  /** The actions that did not answer in time. */
  readonly silent: Set<string>
}

/** The members of an interface for the entities of one integration. */
export interface Reference {
  readonly entities: Readonly<Record<string, z.core.$ZodType>>
  readonly actions: Readonly<Record<string, Action>>
  readonly events: Readonly<Record<string, { readonly schema: z.core.$ZodType }>>
  readonly channels: Readonly<
    Record<string, { readonly messages: Readonly<Record<string, { readonly schema: z.core.$ZodType }>> }>
  >
}

/**
 * Finds what is to be tested.
 * @throws {PlugboardError} with the code `binding_interface` or `binding_version`, if the integration does not implement the interface.
 */
export function subjectOf(contract: Contract, options: SuiteOptions): Subject {
  const integration = options.integration as unknown as AnyIntegration
  const { interface: base } = contract
  const all = integration.interfaces.filter((one) => one.interface.name === base.name)
  const as = options.as ?? (all.length === 1 ? all[0]?.as : base.name)
  const implementation = all.find((one) => one.as === as)
  const where = { integration: integration.name, interface: base.name }
  if (!implementation) {
    const known = integration.interfaces.map((one) => `'${one.interface.name}' as '${one.as}'`).join(', ')
    throw new PlugboardError({
      code: 'binding_interface',
      message: `integration '${integration.name}' does not implement interface '${base.name}'${as === undefined ? '' : ` as '${as}'`}; it implements ${known || 'none'}`,
      where,
    })
  }
  if (implementation.interface.version !== base.version)
    throw new PlugboardError({
      code: 'binding_version',
      message: `integration '${integration.name}' implements interface '${base.name}' ${implementation.interface.version}, and the contract is of ${base.version}`,
      where,
    })
  const entities = Object.fromEntries(
    Object.entries(implementation.entities).map(([name, entity]) => [name, entity.schema as z.core.$ZodType]),
  )
  return {
    contract,
    contracts: allContracts(contract),
    integration,
    implementation,
    reference: referenceOf(base, entities),
    options,
    probes: [],
    silent: new Set(),
  }
}

/** Builds the members of an interface anew, as any integration with these entities would have them. */
export function referenceOf(
  base: InterfaceDefinition,
  entities: Readonly<Record<string, z.core.$ZodType>>,
  capabilities = Object.keys(base.capabilities),
): Reference {
  const own = Object.fromEntries(Object.entries(entities).map(([name, schema]) => [name, { schema }]))
  const definition = new IntegrationDefinition({ name: 'reference', entities: own as never })
  // Nothing is known of the types of any interface.
  const { interfaces, events, channels } = (definition as unknown as Extending).extend(base, (given) => ({
    entities: given.entities,
    capabilities,
  }))
  return {
    entities,
    actions: Object.fromEntries(
      Object.entries(interfaces[0]?.actions ?? {}).map(([name, { action }]) => [name, action]),
    ),
    events,
    channels,
  }
}
interface Extending {
  extend(base: unknown, map: (own: { entities: object }) => object): AnyIntegration
}

function allContracts(contract: Contract, found: Contract[] = []): Contract[] {
  for (const inner of contract.includes) allContracts(inner, found)
  if (!found.some((one) => one.interface.name === contract.interface.name)) found.push(contract)
  return found
}
