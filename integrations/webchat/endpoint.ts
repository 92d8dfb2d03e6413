import type { IntegrationImplementation } from 'plugboard'
import type definition from './definition.ts'

/** What the handler of requests receives. */
export type WebchatProps = Parameters<
  NonNullable<IntegrationImplementation<(typeof definition)['$types']>['handlers']['handler']>
>[0]
/** What every handler receives. */
export type WebchatContext = Omit<WebchatProps, 'req'>
export type WebchatClient = WebchatProps['client']

/** What the handler answers. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>
}

/** Answers requests of one path and method. `id` is what stands in the place of `<id>` in the path. */
export type Endpoint = (props: WebchatProps, id: string) => Promise<Answer>

/** An answer of data. */
export function json(status: number, value: object): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    body: JSON.stringify(value),
  }
}

/** An answer that says no more than that it is done. */
export const done: Answer = { status: 204, headers: { 'cache-control': 'no-store' } }
