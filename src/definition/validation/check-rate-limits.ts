import { checkFields, fieldsAt, isRecord } from './check-fields.ts'
import { listed, type ProblemList, shown } from './problem-list.ts'

const scopes = ['installation', 'integration', 'conversation']
/** A call belongs to no conversation. */
const scopesOfCalls = scopes.slice(0, 2)

/** The longest span, in milliseconds, and the highest limit. */
const longest = 31 * 86_400_000
const highest = 1_000_000

/** Checks what is declared of how much a platform takes. */
export function checkRateLimits(list: ProblemList, path: string, given: unknown): void {
  const fields = fieldsAt(list, path, given, '{ messages: [{ limit: 30, per: 1000 }] }')
  if (!fields) return
  checkFields(list, path, fields, { messages: 'checked', actions: 'checked' })
  checkList(list, `${path}.messages`, fields.messages, scopes)
  const actions = fieldsAt(list, `${path}.actions`, fields.actions, '{ search: [{ limit: 10, per: 1000 }] }') ?? {}
  for (const [name, limits] of Object.entries(actions))
    checkList(list, `${path}.actions.${name}`, limits, scopesOfCalls)
}

function checkList(list: ProblemList, path: string, given: unknown, known: readonly string[]): void {
  if (given === undefined) return
  const invalid = (place: string, expected: string, value: unknown, remedy: string): void =>
    list.add('rate_limit_invalid', place, `expected ${expected}, given ${shown(value)}.`, remedy)
  if (!Array.isArray(given)) {
    invalid(path, 'a list of limits', given, 'Write [{ limit: 30, per: 1000 }].')
    return
  }
  for (const [index, one] of (given as unknown[]).entries()) {
    const place = `${path}.${index}`
    if (!isRecord(one)) {
      invalid(place, 'a limit', one, 'Write { limit: 30, per: 1000 }.')
      continue
    }
    checkFields(list, place, one, { limit: 'checked', per: 'checked', scope: 'checked' })
    const { limit, per, scope } = one
    if (!(Number.isInteger(limit) && (limit as number) >= 1 && (limit as number) <= highest))
      invalid(`${place}.limit`, `a whole number from 1 to ${highest}`, limit, 'Say how many.')
    if (!(typeof per === 'number' && per >= 1 && per <= longest))
      invalid(`${place}.per`, `milliseconds from 1 to ${longest}`, per, 'Say in which span.')
    if (scope !== undefined && !known.includes(scope as string))
      invalid(`${place}.scope`, listed(known), scope, 'Change it, or leave it out.')
  }
}

/** Checks that what is limited is there. */
export function checkLimitedActions(list: ProblemList, path: string, given: unknown, actions: readonly string[]): void {
  const limits = isRecord(given) && isRecord(given.actions) ? given.actions : {}
  for (const name of Object.keys(limits))
    if (name !== '*' && !actions.includes(name))
      list.add(
        'action_unknown',
        `${path}.actions.${name}`,
        `there is no action '${name}' to be limited.`,
        `The integration has ${listed(actions)}; '*' limits all of them together.`,
      )
}
