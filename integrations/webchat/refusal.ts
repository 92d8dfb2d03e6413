/** Ends the handling of a request with an answer that says what is wrong. */
export class Refusal extends Error {
  readonly status: 400 | 401 | 404 | 405 | 409 | 413 | 415
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: Refusal['status'], code: string, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.headers = headers
  }
}
