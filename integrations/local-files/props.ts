import type { IntegrationImplementation } from 'plugboard'
import type definition from './definition.ts'

type Handlers = IntegrationImplementation<(typeof definition)['$types']>['handlers']

/** What the listener receives. */
export type ListenProps = Parameters<NonNullable<Handlers['listen']>>[0]
/** What every handler receives. */
export type LocalFilesProps = Omit<ListenProps, 'deliver'>
