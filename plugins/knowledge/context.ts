import type { ConsumerContext, TableRow } from 'plugboard'
import type definition from './definition.ts'

type Types = (typeof definition)['$types']

/** What the parts of the plugin work with. */
export type Context = Pick<ConsumerContext<Types>, 'client' | 'configuration' | 'interfaces' | 'logger'>
export type Client = Context['client']
export type Document = TableRow<Types['tables']['documents']['parsed']>
export type NewDocument = Types['tables']['documents']['input']
export type Progress = Types['states']['progress']['parsed']
/** The progress after a step, and how long to wait before the next one. */
export type Next = Progress & { readonly wait?: number | undefined }
export type Result = Types['workflows']['ingestion']['output']['parsed']
export type Found = Types['actions']['search']['output']['passages'][number]
export type Answer = Types['actions']['answer']['output']

/** What is done to the ingestion that goes on. */
export interface Pass {
  readonly id: string
  update(change: { timeout: number }): Promise<unknown>
  continue(options?: { after?: number }): Promise<unknown>
  setCompleted(end: { output: Result }): Promise<unknown>
  setFailed(end: { failureReason: string }): Promise<unknown>
  cancel(): Promise<unknown>
}
