/**
 * What a service is registered and resolved by: a value that carries the type of the service.
 * Two tokens are never the same, whatever their descriptions. Made by {@link token}.
 */
export class Token<T> {
  /** What error messages call the service. */
  readonly description: string
  /** The identity of the token. */
  readonly key: symbol
  /**
   * For the compiler alone: a token fits only tokens of exactly its type, since services go in by it and come out.
   * Protected, because the type of a private member is left out of declaration files.
   */
  declare protected readonly carries: (service: T) => T

  constructor(description: string) {
    this.description = description
    this.key = Symbol(description)
  }
}

/** A new token for services of type T. The description is for people; it need not be unique. */
export function token<T>(description: string): Token<T> {
  return new Token<T>(description)
}

/** The tokens of a list of services: `[Clock, Store]` gives `[Token<Clock>, Token<Store>]`. */
export type Tokens<TServices extends readonly unknown[]> = {
  readonly [TIndex in keyof TServices]: Token<TServices[TIndex]>
}
