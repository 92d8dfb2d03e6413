import type { PluginDefinition } from '../plugin-definition.ts'
import { checkFields, type FieldTable, isRecord } from './check-fields.ts'
import { type ProblemList, shown } from './problem-list.ts'

const fields = { action: 'text', name: 'text', description: 'text' } as const satisfies FieldTable
const remedy = "Name it by alias and action: 'memory:createItem', or { action: 'memory:createItem', name: '…' }."

/** Checks that the tools of a plugin have a form that can be read. Whether there are such actions is judged when the bot is composed. */
export function checkTools(list: ProblemList, path: string, plugin: PluginDefinition, given: unknown): void {
  if (given === undefined) return
  if (!Array.isArray(given)) {
    list.add('tool_invalid', path, `expected a list of tools, given ${shown(given)}.`, remedy)
    return
  }
  if (given.length > 0 && !plugin.takesTools)
    list.add(
      'tool_invalid',
      path,
      `plugin '${plugin.name}' takes no tools.`,
      'Leave them out, or let its definition say `takesTools: true`.',
    )
  given.forEach((tool: unknown, index) => {
    const place = `${path}.${index}`
    if (isRecord(tool)) checkFields(list, place, tool, fields)
    const action = isRecord(tool) ? tool.action : tool
    if (typeof action !== 'string' || !/^[^:]+:[^:]+$/.test(action))
      list.add('tool_invalid', place, `expected an action of the bot, given ${shown(action)}.`, remedy)
  })
}
