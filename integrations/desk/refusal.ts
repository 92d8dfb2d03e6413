/** Ends the handling of a request with an answer that says what is wrong. */
export class Refusal extends Error {
  readonly status: 400 | 404 | 405 | 409 | 413
  readonly code: string

  constructor(status: Refusal['status'], code: string, message: string) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
  }
}
