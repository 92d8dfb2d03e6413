import { CronPattern } from 'croner'
import { z } from 'zod'
import { DefinitionError } from '../../errors/index.ts'
import type { Need } from '../need.ts'
import type { Schema } from '../schema.ts'
import { checkBindings } from './check-binding.ts'
import { checkBuilt } from './check-built.ts'
import { checkFields, entriesOf, type Fields, fieldsAt, type FieldTable, isRecord, propsOf } from './check-fields.ts'
import { checkActions, checkDescribed, checkDuration, checkStates } from './check-members.ts'
import { checkHead, checkMemberName, checkSecrets, checkTagged, checkTags } from './check-names.ts'
import { checkDeclaration, checkJsonSafe, checkObjectSchema, type SchemaCheck } from './check-schemas.ts'
import { isDefinition, isNeed } from './definition-kind.ts'
import { checkTables } from './check-tables.ts'
import { isSchema } from './find-holes.ts'
import { listed, ProblemList, shown } from './problem-list.ts'

const consumerFields = {
  name: 'checked',
  version: 'checked',
  title: 'text',
  description: 'text',
  interfaces: 'checked',
  configuration: 'checked',
  actions: 'checked',
  events: 'checked',
  states: 'checked',
  recurringEvents: 'checked',
  tables: 'checked',
  workflows: 'checked',
  user: 'checked',
  conversation: 'checked',
  message: 'checked',
  secrets: 'checked',
} as const satisfies FieldTable

const ownFields = {
  plugin: { ...consumerFields, icon: 'text', readme: 'text', attributes: 'texts', takesTools: 'flag' },
  bot: { ...consumerFields, defaults: 'checked' },
} as const satisfies Record<string, FieldTable>

/** Checks what a plugin or bot declares. Throws all problems at once. */
export function checkConsumer(kind: 'plugin' | 'bot', given: unknown): void {
  const list = new ProblemList()
  const props = propsOf(list, given, ownFields[kind])
  checkHead(list, props, kind === 'bot' ? 'bot' : undefined)
  const needs = checkNeeds(list, props.interfaces)
  const check = buildableCheck(needs)
  if (props.configuration !== undefined) checkDeclaration(list, 'configuration', props.configuration, check)
  checkActions(list, props.actions, check)
  checkDescribed(list, 'events', props.events, check)
  checkStates(list, props.states, ['conversation', 'user', 'bot', 'workflow'], check, { expiry: 'checked' })
  checkTables(list, props.tables)
  checkRecurringEvents(list, props)
  checkWorkflows(list, props.workflows)
  for (const part of ['user', 'conversation', 'message']) checkTagged(list, part, props[part])
  checkSecrets(list, props.secrets)
  if (kind === 'bot') checkBindings(list, 'defaults', props.defaults)
  if (list.problems.length === 0) return
  const name = typeof props.name === 'string' ? props.name : kind === 'bot' ? 'bot' : ''
  throw new DefinitionError(`${kind} ${shown(props.name ?? (name || undefined))}`, list.problems, { [kind]: name })
}

/** Checks the needs. Gives the schemas of the entities of those that are all right, by need. */
function checkNeeds(list: ProblemList, needs: unknown): Record<string, Record<string, Schema>> {
  const entities: Record<string, Record<string, Schema>> = {}
  const fields = fieldsAt(list, 'interfaces', needs, '{ llm }') ?? {}
  for (const [name, given] of Object.entries(fields)) {
    checkMemberName(list, `interfaces.${name}`, name)
    if (isDefinition(given, 'interface') || isNeed(given)) {
      entities[name] = referencesTo(given as never)
      checkAlternative(list, name, (given as Partial<Need>).unless, Object.keys(fields))
    } else
      list.add(
        'definition_invalid',
        `interfaces.${name}`,
        `expected an interface or need(…), given ${shown(given)}.`,
        'A plugin needs interfaces, never an integration.',
      )
  }
  return entities
}

/** One need may stand for another only if there is the other one. */
function checkAlternative(list: ProblemList, name: string, unless: string | undefined, names: readonly string[]): void {
  const others = names.filter((other) => other !== name)
  if (unless === undefined || others.includes(unless)) return
  list.add(
    'need_unknown',
    `interfaces.${name}`,
    `it is not needed where '${unless}' is bound, and there is no other need of that name.`,
    `Other needs are ${listed(others)}.`,
  )
}

/** What stands for the entities of a need while no integration is bound. */
function referencesTo(given: Need['requirements'][number]['interface'] | Need): Record<string, Schema> {
  const interfaces = given.kind === 'need' ? given.requirements.map((requirement) => requirement.interface) : [given]
  // Opaque, as they are at run time: a builder that takes an entity apart must fail here as well.
  const names = interfaces.flatMap(({ members }) => Object.keys(members.entities))
  return Object.fromEntries(names.map((name) => [name, z.unknown()]))
}

/** Takes a schema, or a builder that is called with references to the entities of the needs. */
function buildableCheck(entities: Record<string, Record<string, Schema>>): SchemaCheck {
  const names = Object.entries(entities).flatMap(([need, own]) => Object.keys(own).map((name) => `${need}.${name}`))
  return (list, path, declaration) => {
    const schema = isRecord(declaration) ? declaration.schema : undefined
    if (typeof schema === 'function' && !isSchema(schema))
      checkBuilt(list, `${path}.schema`, () => schema({ entities }), names)
    else checkObjectSchema(list, path, declaration)
  }
}

const workflowFields = {
  title: 'text',
  description: 'text',
  input: 'checked',
  output: 'checked',
  tags: 'checked',
  timeout: 'checked',
} as const satisfies FieldTable

function checkWorkflows(list: ProblemList, workflows: unknown): void {
  for (const [name, workflow] of entriesOf(list, 'workflows', workflows)) {
    const path = `workflows.${name}`
    checkMemberName(list, path, name)
    checkFields(list, path, workflow, workflowFields)
    for (const side of ['input', 'output'] as const)
      checkDeclaration(list, `${path}.${side}`, workflow[side], (...given) => {
        const schema = checkObjectSchema(...given)
        const what = `the ${side} of workflow '${name}'`
        if (schema) checkJsonSafe(list, `${path}.${side}.schema`, schema, what, { defaults: true })
      })
    checkDuration(list, `${path}.timeout`, workflow.timeout)
    checkTags(list, `${path}.tags`, workflow.tags)
  }
}

function checkRecurringEvents(list: ProblemList, props: Fields): void {
  const events = isRecord(props.events) ? props.events : {}
  for (const [name, recurring] of entriesOf(list, 'recurringEvents', props.recurringEvents)) {
    const path = `recurringEvents.${name}`
    const { type, payload, schedule } = recurring
    checkMemberName(list, path, name)
    checkFields(list, path, recurring, { type: 'checked', payload: 'record', schedule: 'record' })
    if (typeof type !== 'string' || !Object.hasOwn(events, type))
      list.add(
        'event_unknown',
        `${path}.type`,
        `no event ${shown(type)} is declared.`,
        `Declared are ${listed(Object.keys(events))}.`,
      )
    else checkPayload(list, `${path}.payload`, type, events[type], payload)
    const cron = isRecord(schedule) ? schedule.cron : undefined
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

/** A payload that never fits its event is told now, not at the first hour. Builders are known only once the needs are bound. */
function checkPayload(list: ProblemList, path: string, type: string, event: unknown, payload: unknown): void {
  const schema = isRecord(event) ? event.schema : undefined
  if (!isSchema(schema)) return
  let result: { success: boolean; error?: z.core.$ZodError }
  try {
    result = z.core.safeParse(schema, payload)
  } catch {
    return // A schema that works asynchronously, or one that was refused already.
  }
  for (const issue of result.error?.issues ?? [])
    list.add(
      'payload_invalid',
      [path, ...issue.path.map(String)].join('.'),
      `the payload does not fit the event '${type}': ${issue.message}.`,
      'Change the payload.',
    )
}

function cronProblem(cron: unknown): string | undefined {
  if (typeof cron !== 'string') return 'it is no text'
  // Seven fields, with the year last, and nicknames such as @daily, are the parser's own.
  if (!/^\s*(?:\S+\s+){4,5}\S+\s*$/.test(cron)) return 'it has not five or six fields'
  try {
    // Not Cron, which would also take a date, and brings the scheduler along.
    // oxlint-disable-next-line eslint/no-new -- it throws for what is no pattern
    new CronPattern(cron)
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '').replace(/\.$/, '') : String(error)
  }
  return undefined
}
