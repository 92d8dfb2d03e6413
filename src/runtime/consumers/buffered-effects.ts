import type { Event, Message } from '../../implementation/records.ts'
import type { FileWrite } from '../ports/file-store.ts'
import type { RowWrite } from '../ports/row-store.ts'
import type { StateWrite, TagWrite } from '../ports/record-store.ts'
import type { WorkflowWrite } from '../ports/workflow-store.ts'

/** What a handler did so far, stored together when it ends. */
export interface BufferedEffects {
  readonly messages: Message[]
  readonly events: Event[]
  readonly states: StateWrite[]
  readonly tags: TagWrite[]
  readonly rows: RowWrite[]
  readonly files: FileWrite[]
  readonly workflows: WorkflowWrite[]
}
