import { screamingSnakeCase } from '../../container/needs/solve-need.ts'
import type { Environment } from '../composition/resolve-configuration.ts'
import type { Vault } from './vault.ts'

/** The variable of the environment in which a secret is looked for first. */
export const secretVariable = (owner: string, name: string): string =>
  `PLUGBOARD_SECRET_${screamingSnakeCase(owner)}_${name}`

/** The environment with the secrets that are kept, where it has not said otherwise; and the values of those that are kept. */
export async function withStoredSecrets(
  environment: Environment,
  vault: Vault,
): Promise<{ readonly environment: Environment; readonly values: readonly string[] }> {
  const kept = await vault.values()
  const variables = kept
    .map(({ owner, name, value }) => [secretVariable(owner, name), value] as const)
    .filter(([variable]) => environment[variable] === undefined || environment[variable] === '')
  return {
    environment: variables.length === 0 ? environment : { ...environment, ...Object.fromEntries(variables) },
    values: kept.map(({ value }) => value),
  }
}
