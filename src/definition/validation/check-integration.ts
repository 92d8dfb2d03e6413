import { DefinitionError } from '../../errors/index.ts'
import { checkActions, checkChannels, checkDescribed, checkStates, entriesOf } from './check-members.ts'
import { checkHead, checkMemberName, checkSecrets, checkTags } from './check-names.ts'
import { checkObjectSchema } from './check-schemas.ts'
import { ProblemList, shown } from './problem-list.ts'

/** Checks what an integration declares. Throws all problems at once. */
export function checkIntegration(given: object): void {
  const props = given as Record<string, unknown>
  const list = new ProblemList()
  checkHead(list, props)
  if (props.configuration !== undefined) checkObjectSchema(list, 'configuration', props.configuration)
  for (const [name, configuration] of entriesOf(list, 'configurations', props.configurations)) {
    checkMemberName(list, `configurations.${name}`, name)
    if (name === 'default')
      list.add(
        'name_taken',
        'configurations.default',
        "'default' is the name of the unnamed configuration.",
        'Give it another name, or declare it as `configuration`.',
      )
    checkObjectSchema(list, `configurations.${name}`, configuration)
  }
  checkDescribed(list, 'entities', props.entities)
  checkActions(list, props.actions)
  checkDescribed(list, 'events', props.events)
  checkChannels(list, props.channels)
  checkStates(list, props.states, ['integration', 'conversation', 'user'])
  checkTags(list, 'user.tags', (props.user as { tags?: unknown } | undefined)?.tags)
  checkSecrets(list, props.secrets as object | undefined)
  for (const [name, value] of Object.entries(props.attributes ?? {})) {
    if (typeof value !== 'string')
      list.add('definition_invalid', `attributes.${name}`, `expected text, given ${shown(value)}.`, 'Write it as text.')
  }
  if (list.problems.length > 0)
    throw new DefinitionError(`integration ${shown(props.name)}`, list.problems, { integration: String(props.name) })
}
