import { aliasOf, type Binding } from '../../definition/binding.ts'
import type { Need } from '../../definition/need.ts'
import type { Problem } from '../../errors/index.ts'
import type { ActionDefinition } from '../../definition/member-definitions.ts'
import { checkPolicies } from '../policies/check-policies.ts'
import { checkPolicyFit } from '../policies/check-policy-fit.ts'
import { type Match, match, offerOf } from './match.ts'
import type { Offer } from './offer.ts'

/** Where a binding comes from, in the order in which they are asked. */
export type BindingSource =
  | 'set while running'
  | 'configuration'
  | 'dependencies'
  | 'default'
  | 'only candidate'
  /** Another need is bound in its place. */
  | 'nothing'

/** How it is told where it is no name that a message can give. */
const chosenBy: Partial<Record<BindingSource, string>> = {
  'set while running': 'while the bot ran',
  dependencies: 'by its dependencies',
}

/** A need of a plugin or bot that is to be met. */
export interface NeedRequest {
  /** The alias of the plugin; `bot` for a need of the bot's own. */
  readonly consumer: string
  /** The name of the need. */
  readonly name: string
  readonly need: Need
  /** What was said of it, the first one counts. */
  readonly bindings: readonly { readonly source: BindingSource; readonly binding: Binding }[]
}

/** A need that is met. */
export interface SolvedNeed {
  readonly consumer: string
  readonly name: string
  readonly need: Need
  readonly binding: Binding
  readonly source: BindingSource
  /** What the code of the bot says of it, where something else goes before that. */
  readonly replaced?: Binding
  /** The integrations that may be called, in the order in which they are tried. None where another need is bound in its place. */
  readonly matches: readonly Match[]
  /** The capabilities that are not required and that the first of them lacks. */
  readonly lacking: readonly string[]
}

/** Meets a need from what is installed: by what was said of it, else by the only active integration that fits. */
export function solveNeed(
  { consumer, name, need, bindings }: NeedRequest,
  offers: readonly Offer[],
): SolvedNeed | readonly Problem[] {
  const chosen = bindings[0]
  const path = `${consumer}.interfaces.${name}`
  const wanted = need.requirements
    .map(
      ({ interface: base, version, capabilities }) =>
        `${base.name}@${version}${capabilities.length > 0 ? ` {${capabilities.join(', ')}}` : ''}`,
    )
    .join(' with ')
  const subject = `${consumer === 'bot' ? 'the bot' : `plugin '${consumer}'`} needs ${wanted}`
  const inCode = bindings.find(({ source }) => source === 'dependencies' || source === 'default')
  const solved = (binding: Binding, source: BindingSource, matches: readonly Match[]): SolvedNeed => ({
    consumer,
    name,
    need,
    binding,
    source,
    ...(inCode && inCode !== chosen && { replaced: inCode.binding }),
    matches,
    lacking: lackingOf(need, matches[0]),
  })
  if (chosen) {
    const { binding, source } = chosen
    const policyProblems = checkPolicies(binding, path)
    const results = binding.to.map((dependency) => {
      const offer = offerOf(offers, dependency)
      return offer
        ? match(need, offer, dependency)
        : {
            code: 'alias_unknown' as const,
            reason: `is not installed; installed are ${offers.map(({ alias }) => `'${alias}'`).join(', ') || 'none'}`,
          }
    })
    const problems = results.flatMap((result, index): Problem[] => {
      if ('offer' in result) return []
      const alias = aliasOf(binding.to[index] ?? '')
      return [
        {
          code: result.code,
          path,
          message: `${subject}, but '${alias}', chosen ${chosenBy[source] ?? `by ${source}`}, ${result.reason}.`,
          remedy: remedyFor(need, offers, alias, result.code),
        },
      ]
    })
    if (problems.length + policyProblems.length > 0) return [...policyProblems, ...problems]
    const matches = results.filter((result) => 'offer' in result)
    const fit = checkPolicyFit(binding.policies, matches.flatMap(actionsOf), path)
    if (fit.length > 0) return fit
    return solved(
      binding,
      source,
      results.filter((result) => 'offer' in result),
    )
  }
  const results = offers.map((offer) => ({ offer, result: match(need, offer) }))
  const fitting = results.flatMap(({ result }) => ('offer' in result ? [result] : []))
  const [only] = fitting
  if (only && fitting.length === 1) return solved({ to: [only.offer.alias], policies: [] }, 'only candidate', fitting)
  if (only) {
    const names = fitting.map(({ offer }) => `'${offer.alias}'`).join(', ')
    return [
      {
        code: 'binding_ambiguous',
        path,
        message: `${subject}, and ${names} all offer it.`,
        remedy: chooseRemedy(consumer, name, only.offer.alias),
      },
    ]
  }
  const reasons = results
    .map(({ offer, result }) => ('reason' in result ? `'${offer.alias}' ${result.reason}` : ''))
    .filter((reason) => reason !== '')
  const inactive = results.flatMap(({ offer: { alias, remedy }, result }) =>
    'code' in result && result.code === 'binding_inactive'
      ? [`'${alias}'${remedy === undefined ? '' : ` (${remedy.replace(/\.$/, '')})`}`]
      : [],
  )
  const listed = reasons.length === 0 ? 'no integration is installed' : reasons.join('; ')
  return [
    {
      code: 'binding_missing',
      path,
      message: `${subject}, but nothing offers it: ${listed}.`,
      remedy: results.some(({ result }) => 'code' in result && result.code === 'binding_unproved')
        ? 'Install an integration whose package brings a report that it passed, or do not demand a suite by `bindings.require`.'
        : `Install an integration that implements the interface${inactive.length === 0 ? '' : `, or activate ${inactive.join(' or ')}`}.`,
    },
  ]
}

const actionsOf = ({ implementations }: Match): ActionDefinition[] =>
  implementations.flatMap(({ actions }) => Object.values(actions).map(({ action }) => action))

function lackingOf(need: Need, first: Match | undefined): string[] {
  if (!first) return []
  return need.requirements.flatMap(({ interface: base, capabilities }, index) => {
    const implementation = first.implementations[index]
    const left = implementation ? first.offer.capabilitiesOf(implementation) : []
    return Object.keys(base.capabilities).filter(
      (capability) => !left.includes(capability) && !capabilities.includes(capability),
    )
  })
}

function remedyFor(need: Need, offers: readonly Offer[], alias: string, code: Problem['code']): string {
  if (code === 'binding_unproved')
    return `Run the suite of plugboard/testing with it and let its report travel with the package, choose another integration${fittingOf(need, offers, alias)}, or do not demand a suite by \`bindings.require\`.`
  if (code === 'binding_inactive')
    return `${activatingOf(offers, alias)} Or choose another integration${fittingOf(need, offers, alias)}.`
  return `Choose an integration that fits${fittingOf(need, offers, alias)}.`
}
const activatingOf = (offers: readonly Offer[], alias: string): string =>
  offers.find((offer) => offer.alias === alias)?.remedy ?? 'Set what is missing.'
function fittingOf(need: Need, offers: readonly Offer[], except: string): string {
  const names = offers
    .filter((offer) => offer.alias !== except && 'offer' in match(need, offer))
    .map(({ alias }) => `'${alias}'`)
  return names.length === 0 ? '' : `: ${names.join(', ')}`
}

const chooseRemedy = (consumer: string, name: string, example: string): string =>
  consumer === 'bot'
    ? `Choose one in \`defaults\`, or by ${bindingVariable(consumer, name)}=${example}.`
    : `Choose one in \`dependencies\` of addPlugin: { ${name}: '${example}' }, or by ${bindingVariable(consumer, name)}=${example}.`

/** The environment variable that binds a need: `PLUGBOARD_BIND_ASSISTANT_LLM`. */
export const bindingVariable = (consumer: string, name: string): string =>
  `PLUGBOARD_BIND_${screamingSnakeCase(consumer)}_${screamingSnakeCase(name)}`

/** A name as it stands in an environment variable: `mainChannel` becomes `MAIN_CHANNEL`. */
export const screamingSnakeCase = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^a-zA-Z0-9]+/g, '_')
    .toUpperCase()
