import { DefinitionError } from '../../errors/index.ts'
import { checkFields, describedFields, entriesOf, type FieldTable, isRecord, propsOf } from './check-fields.ts'
import { checkIdentifier } from './check-identifier.ts'
import { checkActions, checkChannels, checkDescribed, checkStates } from './check-members.ts'
import { checkHead, checkMemberName, checkSecrets, checkTagged } from './check-names.ts'
import { checkOAuth } from './check-oauth.ts'
import { checkRateLimits } from './check-rate-limits.ts'
import { checkDeclaration, checkObjectSchema } from './check-schemas.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

const integrationFields = {
  name: 'checked',
  version: 'checked',
  title: 'text',
  description: 'text',
  icon: 'text',
  readme: 'text',
  configuration: 'checked',
  configurations: 'checked',
  entities: 'checked',
  actions: 'checked',
  events: 'checked',
  channels: 'checked',
  states: 'checked',
  user: 'checked',
  rateLimits: 'checked',
  secrets: 'checked',
  identifier: 'checked',
  oauth: 'checked',
  attributes: 'texts',
  __advanced: 'record',
} as const satisfies FieldTable

const configurationFields = {
  ...describedFields,
  capabilities: 'names',
  rateLimits: 'checked',
} as const satisfies FieldTable

const outcomes = ['send-again', 'put-aside']

/** Checks what channels say of how they send. */
function checkSending(list: ProblemList, channels: unknown): void {
  for (const [name, { drafts, unknownOutcome }] of entriesOf(new ProblemList(), 'channels', channels)) {
    const path = `channels.${name}`
    checkFields(list, `${path}.drafts`, drafts, { every: 'checked' })
    const every: unknown = isRecord(drafts) ? drafts.every : undefined
    if (every !== undefined && !(typeof every === 'number' && every >= 0))
      list.add(
        'definition_invalid',
        `${path}.drafts.every`,
        `expected milliseconds, given ${shown(every)}.`,
        'Give a number from 0 on, or leave it out.',
      )
    if (unknownOutcome !== undefined && !outcomes.includes(unknownOutcome as string))
      list.add(
        'definition_invalid',
        `${path}.unknownOutcome`,
        `expected ${listed(outcomes)}, given ${shown(unknownOutcome)}.`,
        'Change it, or leave it out.',
      )
  }
}

/** Checks what an integration declares. Throws all problems at once. */
export function checkIntegration(given: unknown): void {
  const list = new ProblemList()
  const props = propsOf(list, given, integrationFields)
  checkHead(list, props)
  if (props.configuration !== undefined) {
    checkDeclaration(list, 'configuration', props.configuration, checkObjectSchema, configurationFields)
    if (isRecord(props.configuration)) checkRateLimits(list, 'configuration.rateLimits', props.configuration.rateLimits)
  }
  checkRateLimits(list, 'rateLimits', props.rateLimits)
  for (const [name, configuration] of entriesOf(list, 'configurations', props.configurations)) {
    checkMemberName(list, `configurations.${name}`, name)
    if (name === 'default')
      list.add(
        'name_taken',
        'configurations.default',
        "'default' is the name of the unnamed configuration.",
        'Give it another name, or declare it as `configuration`.',
      )
    checkDeclaration(list, `configurations.${name}`, configuration, checkObjectSchema, configurationFields)
    checkRateLimits(list, `configurations.${name}.rateLimits`, configuration.rateLimits)
  }
  checkDescribed(list, 'entities', props.entities)
  checkActions(list, props.actions, checkObjectSchema, { stream: 'checked' })
  checkDescribed(list, 'events', props.events)
  checkChannels(list, props.channels, checkObjectSchema, {
    message: 'checked',
    conversation: 'checked',
    drafts: 'checked',
    unknownOutcome: 'checked',
  })
  checkSending(list, props.channels)
  checkStates(list, props.states, ['integration', 'conversation', 'user'])
  checkTagged(list, 'user', props.user)
  checkSecrets(list, props.secrets)
  checkIdentifier(list, props.identifier)
  checkOAuth(list, props.oauth, ['default', ...Object.keys(isRecord(props.configurations) ? props.configurations : {})])
  if (list.problems.length === 0) return
  const name = typeof props.name === 'string' ? props.name : ''
  throw new DefinitionError(`integration ${shown(props.name)}`, list.problems, { integration: name })
}
