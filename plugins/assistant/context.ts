import type { ConsumerContext } from 'plugboard'
import type definition from './definition.ts'

/** What the assistant's handlers work with. */
export type Context = Pick<
  ConsumerContext<(typeof definition)['$types']>,
  'client' | 'configuration' | 'interfaces' | 'tools' | 'logger'
>
