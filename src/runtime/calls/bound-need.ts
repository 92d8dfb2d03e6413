import type { SolvedNeed } from '../../container/needs/solve-need.ts'
import { applyPolicies } from '../../container/policies/apply-policies.ts'
import type { Call, Candidate, PolicyServices, StreamCall } from '../../container/policies/call.ts'
import { PolicyState } from '../../container/policies/policy-state.ts'
import type { ActionDefinition, EntityDefinition } from '../../definition/member-definitions.ts'
import type { ImplementedInterface } from '../../definition/extend.ts'
import { aliasOf } from '../../definition/binding.ts'
import { someAt } from '../../definition/field-path.ts'
import { PlugboardError, type Where } from '../../errors/index.ts'
import type { Installation } from '../composition/installation.ts'
import { validate } from '../validate.ts'
import { located } from './located.ts'
import { type CallServices, integrationAction } from './integration-action.ts'
import { traced } from './traced.ts'

/** An action of a need, ready to be called. */
export interface BoundAction {
  readonly streams: boolean
  readonly call: Call
  readonly stream: StreamCall
}

/** A need in one generation of its binding: everything that can be worked out before a call is. */
export interface BoundNeed {
  readonly solved: SolvedNeed
  /** Counts up with every change of the binding. */
  readonly generation: number
  readonly actions: Readonly<Record<string, BoundAction>>
  /** By entity: the candidates' own, in the order in which they are tried. */
  readonly entities: Readonly<Record<string, readonly BoundEntity[]>>
  /** Those that every candidate has. */
  readonly capabilities: readonly string[]
  /** By the integration's own event, prefixed by its alias: the name that the consumer hears. */
  readonly events: Readonly<Record<string, string>>
  /** By the integration's own channel, prefixed by its alias: the name by which the consumer knows it. */
  readonly channels: Readonly<Record<string, string>>
  readonly state: PolicyState
}
export interface BoundEntity {
  readonly alias: string
  readonly entity: EntityDefinition
}

/** Binds a solved need: makes every action of it a function. */
export function bindNeed(solved: SolvedNeed, generation: number, services: CallServices & PolicyServices): BoundNeed {
  const { consumer, name, need, binding, matches } = solved
  const state = new PolicyState()
  const actions: Record<string, BoundAction> = {}
  const entities: Record<string, BoundEntity[]> = {}
  const events: Record<string, string> = {}
  const channels: Record<string, string> = {}
  const capabilities: string[] = []
  need.requirements.forEach(({ interface: base }, index) => {
    const implementations = matches.map(({ offer, implementations: all }) => ({
      installation: offer as Installation,
      implementation: all[index] as ImplementedInterface,
    }))
    const [first] = implementations
    capabilities.push(
      ...Object.keys(base.capabilities).filter((capability) =>
        implementations.every(({ installation, implementation }) =>
          installation.capabilitiesOf(implementation).includes(capability),
        ),
      ),
    )
    for (const key of Object.keys(first?.implementation.actions ?? {})) {
      const action = first?.implementation.actions[key]?.action as ActionDefinition
      const where: Where = {
        ...(consumer === 'bot' ? {} : { plugin: consumer }),
        need: name,
        interface: base.name,
        action: key,
      }
      const candidates = implementations.map((candidate) => candidateOf(candidate, key, where, solved, services))
      const { call, stream } = traced(
        applyPolicies({ facts: { action, where }, candidates, policies: binding.policies, services, state }),
        {
          name: `${base.name}.${key}`,
          attributes: {
            'plugboard.consumer': consumer,
            'plugboard.need': name,
            'plugboard.interface': base.name,
            'plugboard.action': key,
            'plugboard.policies': binding.policies.map(({ policy }) => policy),
            'plugboard.candidates': binding.to.map(aliasOf),
          },
        },
        services.telemetry,
      )
      actions[key] = Object.freeze({ streams: action.stream !== undefined, call, stream })
    }
    // Builders are called with what they need all the same.
    if (matches.length === 0) for (const key of Object.keys(base.members.entities)) entities[key] ??= []
    for (const { installation, implementation } of implementations) {
      for (const [key, entity] of Object.entries(implementation.entities))
        (entities[key] ??= []).push({ alias: installation.alias, entity })
      for (const [key, event] of Object.entries(implementation.events))
        events[`${installation.alias}:${event}`] = `${name}:${key}`
      for (const [key, channel] of Object.entries(implementation.channels))
        channels[`${installation.alias}:${channel}`] = `${name}:${key}`
    }
  })
  for (const { offer, heard } of matches)
    for (const implementation of heard)
      for (const [key, event] of Object.entries(implementation.events))
        events[`${offer.alias}:${event}`] = `${name}:${key}`
  return Object.freeze({
    solved,
    generation,
    actions: Object.freeze(actions),
    entities: Object.freeze(entities),
    capabilities: Object.freeze(capabilities),
    events: Object.freeze(events),
    channels: Object.freeze(channels),
    state,
  })
}

interface Implementing {
  readonly installation: Installation
  readonly implementation: ImplementedInterface
}

function candidateOf(
  { installation, implementation }: Implementing,
  key: string,
  where: Where,
  solved: SolvedNeed,
  services: CallServices,
): Candidate {
  const { action, name, refined } = implementation.actions[key] as ImplementedInterface['actions'][string]
  const capabilities = installation.capabilitiesOf(implementation)
  const route = {
    installation,
    action,
    where: { ...where, integration: installation.alias },
    consumer: solved.consumer,
    need: solved.name,
  }
  const missing = name === undefined || (action.capability !== undefined && !capabilities.includes(action.capability))
  if (missing) return downgraded({ installation, implementation }, action, where, solved, services)
  const own = refined ? (installation.definition.actions[name] as ActionDefinition) : undefined
  return guarded(integrationAction({ ...route, name, own }, services), action, capabilities, route.where)
}

/** The action that stands in for one whose capability is missing: its output is given as items, declared and not hidden. */
function downgraded(
  implementing: Implementing,
  action: ActionDefinition,
  where: Where,
  solved: SolvedNeed,
  services: CallServices,
): Candidate {
  const { alias } = implementing.installation
  const { downgrade, capability } = action
  if (!downgrade) {
    const refuse = (): never => {
      throw new PlugboardError({
        code: 'capability_missing',
        message: `action '${where.action}' needs the capability '${capability}', which integration '${alias}' does not have`,
        where: { ...where, integration: alias },
      })
    }
    return {
      alias,
      call: async () => refuse(),
      // oxlint-disable-next-line eslint/require-yield -- a stream that ends before its first item
      stream: async function* () {
        return refuse()
      },
    }
  }
  const standIn = candidateOf(implementing, downgrade.to, { ...where, action: downgrade.to }, solved, services)
  return {
    alias,
    call: standIn.call,
    stream: async function* (request) {
      const output = await standIn.call(request)
      yield* downgrade.items(output)
      return output
    },
  }
}

/** Refuses an input that uses a field whose capability is missing, before the integration is called. */
function guarded(
  candidate: Candidate,
  { fieldCapabilities }: ActionDefinition,
  capabilities: readonly string[],
  where: Where,
): Candidate {
  const missing = Object.entries(fieldCapabilities ?? {})
    .filter(([, capability]) => !capabilities.includes(capability))
    .map(([field, capability]) => ({ field, capability, uses: someAt(field, isUsed) }))
  if (missing.length === 0) return candidate
  const refusalOf = (input: unknown): PlugboardError | undefined => {
    for (const { field, capability, uses } of missing)
      if (uses(input))
        return new PlugboardError({
          code: 'capability_missing',
          message: `the field '${field}' needs the capability '${capability}', which integration '${candidate.alias}' does not have`,
          where: { ...where, path: field },
        })
    return undefined
  }
  return {
    alias: candidate.alias,
    // Not an async function: a call that is let through is spared a promise.
    call: (request) => {
      const refusal = refusalOf(request.input)
      return refusal ? Promise.reject(refusal) : candidate.call(request)
    },
    stream: async function* (request) {
      const refusal = refusalOf(request.input)
      if (refusal) throw refusal
      return yield* candidate.stream(request)
    },
  }
}

/** A list without items, and `false`, ask for nothing. */
const isUsed = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)

/** Validates outside data as an entity of one candidate. */
export function parseEntityOf(
  { solved }: BoundNeed,
  alias: string,
  name: string,
  entity: EntityDefinition,
  value: unknown,
): unknown {
  const { consumer, name: need } = solved
  const where: Where = { ...(consumer === 'bot' ? {} : { plugin: consumer }), need, integration: alias }
  return validate(entity.schema, value, {
    code: 'entity_invalid',
    subject: `the entity '${need}.${name}' of integration '${alias}'`,
    where,
  })
}

/** Validates outside data as an entity of one of the candidates. */
export function parseEntity(bound: BoundNeed, name: string, value: unknown): unknown {
  let failure: unknown
  for (const { alias, entity } of bound.entities[name] ?? []) {
    try {
      return parseEntityOf(bound, alias, name, entity, value)
    } catch (error) {
      failure ??= error
    }
  }
  if (failure !== undefined) throw located(failure, {}, undefined)
  if (bound.solved.matches.length === 0)
    throw new PlugboardError({ code: 'entity_invalid', message: `'${bound.solved.name}' is bound to nothing` })
  const aliases = bound.solved.binding.to.map(aliasOf).join("', '")
  throw new PlugboardError({ code: 'entity_invalid', message: `'${aliases}' has no entity '${name}'` })
}
