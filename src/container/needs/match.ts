import { satisfies } from 'verkit/range'
import { aliasOf, type Dependency } from '../../definition/binding.ts'
import type { ImplementedInterface } from '../../definition/extend.ts'
import type { Need, Requirement } from '../../definition/need.ts'
import type { ErrorCode } from '../../errors/index.ts'
import { describeInterfaces, type Offer } from './offer.ts'

/** How an offer meets a need: one implementation for each interface of the need. */
export interface Match {
  readonly offer: Offer
  readonly implementations: readonly ImplementedInterface[]
  /** The implementations whose events are heard beside, by the same entity. */
  readonly heard: readonly ImplementedInterface[]
}

/** Why an offer does not meet a need. */
export interface Mismatch {
  readonly code: ErrorCode
  /** A piece of a sentence that follows the alias: `does not implement interface 'llm'; it implements 'tts' 1.0.0`. */
  readonly reason: string
}

/** Judges whether an offer meets a need. */
export function match(need: Need, offer: Offer, dependency: Dependency = offer.alias): Match | Mismatch {
  const implementations: ImplementedInterface[] = []
  for (const requirement of need.requirements) {
    const found = findImplementation(
      requirement,
      offer,
      typeof dependency === 'string' ? undefined : dependency.integrationInterfaceAlias,
    )
    if ('code' in found) return found
    implementations.push(found)
  }
  const { share } = need
  if (share !== undefined && new Set(implementations.map(({ entities }) => entities[share])).size > 1) {
    const mapped = implementations.map(({ as, entities }) => `'${as}' by '${entities[share]?.name}'`).join(', ')
    return {
      code: 'binding_interface',
      reason: `does not implement the interfaces by one entity '${share}': ${mapped}`,
    }
  }
  if (offer.inactive !== undefined) return { code: 'binding_inactive', reason: `is inactive: ${offer.inactive}` }
  const unproved = implementations.map((one) => offer.unproved?.(one)).find((reason) => reason !== undefined)
  if (unproved !== undefined) return { code: 'binding_unproved', reason: unproved }
  return { offer, implementations, heard: heardOf(need, offer, implementations[0]) }
}

/** What is implemented by the same entity, of the interfaces whose events are to be heard. */
function heardOf(
  { hears = [], share = '' }: Need,
  { definition }: Offer,
  first: ImplementedInterface | undefined,
): ImplementedInterface[] {
  return hears.flatMap(({ name, version }) =>
    definition.interfaces.filter(
      ({ interface: base, entities }) =>
        base.name === name &&
        satisfies(base.version, `^${version}`, { includePrerelease: true }) &&
        entities[share] === first?.entities[share],
    ),
  )
}

function findImplementation(
  { interface: base, version, capabilities }: Requirement,
  offer: Offer,
  as: string | undefined,
): ImplementedInterface | Mismatch {
  const all = offer.definition.interfaces.filter((implementation) => implementation.interface.name === base.name)
  if (all.length === 0)
    return {
      code: 'binding_interface',
      reason: `does not implement interface '${base.name}'; it implements ${describeInterfaces(offer)}`,
    }
  const named = all.map((implementation) => `'${implementation.as}'`).join(', ')
  const chosen =
    as === undefined
      ? (all.find((implementation) => implementation.as === base.name) ?? (all.length === 1 ? all[0] : undefined))
      : all.find((implementation) => implementation.as === as)
  if (!chosen) {
    return as === undefined
      ? {
          code: 'binding_ambiguous',
          reason: `implements interface '${base.name}' more than once, as ${named}; choose one with { integrationAlias, integrationInterfaceAlias }`,
        }
      : {
          code: 'binding_interface',
          reason: `has no implementation '${as}' of interface '${base.name}'; it has ${named}`,
        }
  }
  if (!satisfies(chosen.interface.version, version, { includePrerelease: true })) {
    return {
      code: 'binding_version',
      reason: `implements interface '${base.name}' ${chosen.interface.version}, but ${version} is needed`,
    }
  }
  const left = offer.capabilitiesOf(chosen)
  const missing = capabilities.filter((capability) => !left.includes(capability))
  if (missing.length > 0) {
    const list = missing.map((capability) => `'${capability}'`).join(', ')
    const claimed = missing.every((capability) => chosen.capabilities.includes(capability))
    return {
      code: 'binding_capability',
      reason: `implements interface '${base.name}' without the ${missing.length === 1 ? 'capability' : 'capabilities'} ${list}${claimed ? ', which its configuration takes away' : ''}`,
    }
  }
  return chosen
}

/** The offer that a dependency names. */
export const offerOf = (offers: readonly Offer[], dependency: Dependency): Offer | undefined =>
  offers.find(({ alias }) => alias === aliasOf(dependency))
