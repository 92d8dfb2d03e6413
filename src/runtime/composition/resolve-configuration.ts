import { z } from 'zod'
import { EnvironmentValue } from '../../definition/env.ts'
import { definitionOf } from '../../definition/judges/schema-parts.ts'
import type { Schema } from '../../definition/schema.ts'
import { listed } from '../../definition/validation/problem-list.ts'
import type { Problem } from '../../errors/index.ts'
import { SecretMask } from '../secrets/secret-mask.ts'
import { passwordIn, secretValues } from '../secrets/secret-values.ts'

/** The variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A configuration with its values, or what is wrong with it. */
export type ResolvedConfiguration =
  | {
      readonly value: Readonly<Record<string, unknown>>
      readonly problems: readonly []
      readonly secrets: readonly string[]
    }
  | { readonly value: undefined; readonly problems: readonly Problem[]; readonly secrets: readonly string[] }

/**
 * Reads the values that come from the environment, validates and applies defaults. Reports everything that is missing
 * by name; a value is never part of a message. `secrets` are to be masked: the values that came from the environment,
 * and those whose keys look secret.
 */
export function resolveConfiguration(
  path: string,
  subject: string,
  schema: Schema | undefined,
  written: Readonly<Record<string, unknown>>,
  environment: Environment,
): ResolvedConfiguration {
  const problems: Problem[] = unknownKeys(path, subject, schema ?? empty, written)
  const secrets: string[] = [...secretValues(written)]
  const found: [string, unknown][] = []
  for (const [key, given] of Object.entries(written)) {
    const value = given instanceof EnvironmentValue ? environment[given.variable] : given
    if (value === undefined || (given instanceof EnvironmentValue && value === '')) continue
    if (given instanceof EnvironmentValue && typeof value === 'string')
      secrets.push(value, ...(passwordIn(value) === undefined ? [] : [passwordIn(value) as string]))
    found.push([key, value])
  }
  const values = Object.fromEntries(found)
  const result = z.core.safeParse(schema ?? empty, values)
  if (result.success && problems.length === 0) {
    const value = Object.freeze(result.data as Record<string, unknown>)
    // A schema may trim or rewrite what came from the environment, which makes it no less secret.
    const rewritten = Object.entries(value).flatMap(([key, item]) =>
      typeof item === 'string' && written[key] instanceof EnvironmentValue ? [item] : [],
    )
    return { value, problems: [], secrets: [...secrets, ...rewritten] }
  }
  for (const issue of result.error?.issues ?? []) {
    const key = String(issue.path[0] ?? '')
    const place = `${path}.configuration${issue.path.length > 0 ? `.${issue.path.map(String).join('.')}` : ''}`
    const given = written[key]
    const variable = given instanceof EnvironmentValue ? given.variable : undefined
    if (given instanceof EnvironmentValue && !Object.hasOwn(values, key)) {
      problems.push({
        code: 'environment_missing',
        path: place,
        message: `${subject} needs the environment variable ${given.variable} for '${key}', and it is not set.`,
        remedy: `Set ${given.variable}.`,
      })
    } else if (issue.path.length === 1 && !Object.hasOwn(values, key)) {
      problems.push({
        code: 'configuration_missing',
        path: place,
        message: `${subject} needs a value for '${key}'.`,
        remedy: 'Set it in `configuration`.',
      })
    } else {
      problems.push({
        code: 'configuration_invalid',
        path: place,
        message: `${subject}: ${key === '' ? 'the configuration' : `'${issue.path.map(String).join('.')}'`} is invalid${variable === undefined ? '' : `, as the environment variable ${variable} says it`}: ${new SecretMask(secrets).text(issue.message)}.`,
        remedy: variable === undefined ? 'Change it in `configuration`.' : `Change ${variable}.`,
      })
    }
  }
  return { value: undefined, problems, secrets }
}

const empty = z.object({})

/** Keys that the schema would drop without a word: a misspelt one leaves the default in its place. A loose schema takes them. */
function unknownKeys(path: string, subject: string, schema: Schema, written: object): Problem[] {
  const definition = definitionOf(schema)
  if (definition.type !== 'object' || definition.catchall) return []
  const known = Object.keys(definition.shape)
  return Object.keys(written)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      code: 'configuration_invalid',
      path: `${path}.configuration.${key}`,
      message: `${subject}: there is no '${key}' in the configuration.`,
      remedy: `It takes ${listed(known)}.`,
    }))
}
