import type { IntegrationImplementation } from 'plugboard'
import type definition from './definition.ts'

/** What the handler of requests receives. */
export type DeskProps = Parameters<
  NonNullable<IntegrationImplementation<(typeof definition)['$types']>['handlers']['handler']>
>[0]
export type DeskClient = DeskProps['client']

/** What the handler answers. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** An answer of data. */
export function json(status: number, value: object): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    body: JSON.stringify(value),
  }
}
