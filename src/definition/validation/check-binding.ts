import { fieldsAt, isRecord } from './check-fields.ts'
import { type ProblemList, shown } from './problem-list.ts'

/** Checks that bindings by name have a form that can be read. */
export function checkBindings(list: ProblemList, path: string, given: unknown): void {
  for (const [name, binding] of Object.entries(fieldsAt(list, path, given, "{ llm: 'openai' }") ?? {}))
    if (binding !== undefined) checkBinding(list, `${path}.${name}`, binding)
}

/** Checks that a binding has a form that can be read. Whether it fits is judged when the bot is composed. */
function checkBinding(list: ProblemList, path: string, given: unknown): void {
  const remedy = "Write an alias, such as 'openai', or what bind() or failover() gives."
  const isBinding = isRecord(given) && 'to' in given
  if (!isBinding) {
    if (!isDependency(given)) list.add('definition_invalid', path, `expected a binding, given ${shown(given)}.`, remedy)
    return
  }
  const { to, policies } = given
  if (!Array.isArray(to) || to.length === 0 || !to.every(isDependency))
    list.add('binding_policy_invalid', `${path}.to`, `expected a list of aliases, given ${shown(to)}.`, remedy)
  if (!Array.isArray(policies) || !policies.every((policy) => isRecord(policy)))
    list.add(
      'binding_policy_invalid',
      `${path}.policies`,
      `expected a list of policies, given ${shown(policies)}.`,
      remedy,
    )
}

function isDependency(value: unknown): boolean {
  if (typeof value === 'string') return value !== ''
  return (
    isRecord(value) && typeof value.integrationAlias === 'string' && typeof value.integrationInterfaceAlias === 'string'
  )
}
