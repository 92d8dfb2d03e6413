import { PlugboardError, type Problem } from '../../errors/index.ts'
import type { Installation } from '../composition/installation.ts'
import type { ScriptRunner } from './script-runner.ts'

/** What has compiled in this process: it will again, and to load what it compiles with takes a second. */
const compiled = new Set<string>()

/** What is wrong with the scripts of the integrations that are active: whatever they compile with is loaded for that. */
export async function checkScripts(
  installations: readonly Installation[],
  runner: ScriptRunner,
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const checked = new Set<object>()
  for (const { alias, definition, inactive } of installations) {
    if (inactive !== undefined || !definition.identifier || checked.has(definition.identifier)) continue
    checked.add(definition.identifier)
    for (const [name, script] of Object.entries(definition.identifier) as [string, string | undefined][]) {
      if (script === undefined || compiled.has(script)) continue
      try {
        const fault = await runner.check(script)
        if (fault === undefined) compiled.add(script)
        else
          problems.push({
            code: 'identifier_script_invalid',
            path: `${alias}.identifier.${name}`,
            message: `the script of integration '${definition.name}' does not compile: ${fault}.`,
            remedy: 'Write it in VRL, the Vector Remap Language.',
          })
      } catch (error) {
        if (!PlugboardError.isInstance(error) || error.code !== 'package_missing') throw error
        return [
          {
            code: error.code,
            path: `${alias}.identifier`,
            message: `integration '${definition.name}' tells its installations apart by scripts, and the package that runs them is not installed.`,
            remedy: 'Install it: npm install @bpinternal/verel.',
          },
        ]
      }
    }
  }
  return problems
}
