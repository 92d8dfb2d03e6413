/** A value of a configuration that is read from the environment when the bot starts. */
export class EnvironmentValue {
  /** The name of the environment variable. */
  readonly variable: string

  constructor(variable: string) {
    this.variable = variable
    Object.freeze(this)
  }
}

/**
 * A value of a configuration that is read from the environment when the bot starts: `{ apiKey: env('OPENAI_API_KEY') }`.
 * A variable that is not set is reported by name, together with everything else that is missing; its value is never printed.
 */
export const env = (variable: string): EnvironmentValue => new EnvironmentValue(variable)
