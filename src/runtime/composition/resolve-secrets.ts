import type { Problem } from '../../errors/index.ts'
import { secretVariable } from '../secrets/stored-secrets.ts'
import type { Environment } from './resolve-configuration.ts'

/** The secrets of a definition, from `PLUGBOARD_SECRET_<ALIAS>_<NAME>`, and what is missing of them. */
export function resolveSecrets(
  alias: string,
  subject: string,
  declared: Readonly<Record<string, { optional?: boolean; description?: string }>>,
  environment: Environment,
): { readonly value: Readonly<Record<string, string>>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  // One that is misspelt in its second part is seen beside those that are declared.
  const names = Object.keys(declared).map((name) => secretVariable(alias, name))
  const others = Object.keys(environment).filter(
    (variable) => variable.startsWith(secretVariable(alias, '')) && environment[variable] && !names.includes(variable),
  )
  const hint = others.length === 0 ? '' : ` Set is ${others.join(', ')}, which is none of its secrets.`
  const value: Record<string, string> = {}
  for (const [name, { optional = false, description }] of Object.entries(declared)) {
    const variable = secretVariable(alias, name)
    const given = environment[variable]
    if (given !== undefined && given !== '') value[name] = given
    else if (!optional)
      problems.push({
        code: 'secret_missing',
        path: `${alias}.secrets.${name}`,
        message: `${subject} needs the secret ${name}${description ? ` (${description})` : ''}, and it is not set.`,
        remedy: `Set ${variable}, or keep it in the store by \`secret set ${alias} ${name}\`.${hint}`,
      })
  }
  return { value: Object.freeze(value), problems }
}
