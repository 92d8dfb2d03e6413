/** Secrets by name, as they are declared. */
export type SecretProps = Record<string, { description?: string; optional?: boolean }>

/** Their values, as handlers receive them: one that is optional may be missing. */
export type SecretsOf<TSecrets> = {
  readonly [K in keyof TSecrets]: TSecrets[K] extends { readonly optional: true } ? string | undefined : string
}
