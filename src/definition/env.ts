import { DefinitionError } from '../errors/index.ts'

const marker = Symbol.for('plugboard.environment-value')

/** A value of a configuration that is read from the environment when the bot starts. */
export class EnvironmentValue {
  /** The name of the environment variable. */
  readonly variable: string

  constructor(variable: string) {
    this.variable = variable
    Object.defineProperty(this, marker, { value: true })
    Object.freeze(this)
  }

  /** Also true for a value that another copy of the package made. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, marker)
  }
}

/**
 * A value of a configuration that is read from the environment when the bot starts: `{ apiKey: env('OPENAI_API_KEY') }`.
 * A variable that is not set is reported by name, together with everything else that is missing; its value is never printed.
 * @throws {DefinitionError} with the code `definition_invalid`, where no name is given.
 */
export function env(variable: string): EnvironmentValue {
  if (typeof variable === 'string' && variable !== '') return new EnvironmentValue(variable)
  throw new DefinitionError('env(…)', [
    {
      code: 'definition_invalid',
      path: 'env',
      message: 'no environment variable is named.',
      remedy: "Write env('OPENAI_API_KEY'), with the name of the variable.",
    },
  ])
}
