import type { IntegrationImplementation } from 'plugboard'
import type definition from './definition.ts'

type Handlers = IntegrationImplementation<(typeof definition)['$types']>['handlers']

/** What the handler of requests receives. */
export type RequestProps = Parameters<NonNullable<Handlers['handler']>>[0]
/** What the listener receives. */
export type ListenProps = Parameters<NonNullable<Handlers['listen']>>[0]
/** What every handler receives. */
export type SlackProps = Omit<RequestProps, 'req'>
export type SlackClient = SlackProps['client']
