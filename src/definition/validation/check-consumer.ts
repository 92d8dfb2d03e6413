import { CronPattern } from 'croner'
import { DefinitionError } from '../../errors/index.ts'
import { checkActions, checkDescribed, checkStates, entriesOf, type SchemaCheck } from './check-members.ts'
import { checkHead, checkMemberName, checkSecrets, checkTags } from './check-names.ts'
import { checkObjectSchema, isSchema } from './check-schemas.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

/** Checks what a plugin or bot declares. Throws all problems at once. */
export function checkConsumer(kind: 'plugin' | 'bot', given: object = {}): void {
  const props = given as Record<string, unknown>
  const list = new ProblemList()
  checkHead(list, props, kind === 'bot' ? 'bot' : undefined)
  for (const [name, need] of entriesOf(list, 'interfaces', props.interfaces)) {
    checkMemberName(list, `interfaces.${name}`, name)
    if (need.kind !== 'interface' && need.kind !== 'need') {
      list.add(
        'definition_invalid',
        `interfaces.${name}`,
        `expected an interface or need(…), given ${need.kind === undefined ? 'something else' : `a definition of kind ${shown(need.kind)}`}.`,
        'A plugin needs interfaces, never an integration.',
      )
    }
  }
  if (props.configuration !== undefined) checkBuildable(list, 'configuration', props.configuration)
  checkActions(list, props.actions, checkBuildable)
  checkDescribed(list, 'events', props.events, checkBuildable)
  checkStates(list, props.states, ['conversation', 'user', 'bot', 'workflow'], checkBuildable)
  checkDescribed(list, 'tables', props.tables)
  checkRecurringEvents(list, props)
  for (const [name, workflow] of entriesOf(list, 'workflows', props.workflows)) {
    checkMemberName(list, `workflows.${name}`, name)
    checkObjectSchema(list, `workflows.${name}.input`, workflow.input)
    checkObjectSchema(list, `workflows.${name}.output`, workflow.output)
  }
  for (const part of ['user', 'conversation', 'message'] as const)
    checkTags(list, `${part}.tags`, (props[part] as { tags?: unknown } | undefined)?.tags)
  checkSecrets(list, props.secrets as object | undefined)
  const name = typeof props.name === 'string' ? props.name : 'bot'
  if (list.problems.length > 0) throw new DefinitionError(`${kind} ${shown(name)}`, list.problems, { [kind]: name })
}

/** A builder cannot be called before the needs are bound; a schema can be looked at now. */
const checkBuildable: SchemaCheck = (list, path, declaration) => {
  const schema = (declaration as { schema?: unknown }).schema
  if (typeof schema !== 'function' || isSchema(schema)) checkObjectSchema(list, path, declaration)
}

function checkRecurringEvents(list: ProblemList, props: Record<string, unknown>): void {
  const events = Object.keys(props.events ?? {})
  for (const [name, recurring] of entriesOf(list, 'recurringEvents', props.recurringEvents)) {
    const path = `recurringEvents.${name}`
    checkMemberName(list, path, name)
    if (!events.includes(recurring.type as string))
      list.add(
        'event_unknown',
        `${path}.type`,
        `no event ${shown(recurring.type)} is declared.`,
        `Declared are ${listed(events)}.`,
      )
    const cron = (recurring.schedule as { cron?: unknown } | undefined)?.cron
    const reason = cronProblem(cron)
    if (reason !== undefined)
      list.add(
        'cron_invalid',
        `${path}.schedule.cron`,
        `${shown(cron)} is no cron expression: ${reason}.`,
        "Write it like '0 9 * * 1-5', in UTC.",
      )
  }
}

function cronProblem(cron: unknown): string | undefined {
  if (typeof cron !== 'string') return 'it is no text'
  try {
    // Not Cron, which would also take a date, and brings the scheduler along.
    // oxlint-disable-next-line eslint/no-new -- it throws for what is no pattern
    new CronPattern(cron)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '').replace(/\.$/, '') : String(error)
  }
}
