import type { Event, Message } from '../../implementation/records.ts'
import type { StoredWorkflow, WorkflowMoment } from './workflow-store.ts'

/** A state that has expired, with what it last held. */
export interface ExpiredState {
  /** What tells this expiry from others. */
  readonly key: string
  readonly name: string
  readonly type: string
  /** The conversation, user or workflow; empty for a state of the bot. */
  readonly id: string
  /** In the form in which it was stored. */
  readonly payload: unknown
  /** ISO 8601, in UTC. */
  readonly expiredAt: string
}

/** What is told of a workflow. */
export interface WorkflowRecord {
  readonly kind: 'workflow'
  /** What tells this from what else is told of the workflow. */
  readonly key: string
  readonly moment: WorkflowMoment
  readonly workflow: StoredWorkflow
}

/** What waits for handlers. */
export type InboxRecord =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'state'; readonly state: ExpiredState }
  | WorkflowRecord

/** The same for every attempt, also where a dead letter is tried again. */
export function idOf(record: InboxRecord): string {
  switch (record.kind) {
    case 'message':
      return record.message.id
    case 'event':
      return record.event.id
    case 'state':
      return record.state.key
    default:
      return record.key
  }
}

/** The conversation that it belongs to; undefined where there is none. */
export function conversationOf(record: InboxRecord): string | undefined {
  switch (record.kind) {
    case 'message':
      return record.message.conversationId
    case 'event':
      return record.event.conversationId
    case 'state':
      return record.state.type === 'conversation' ? record.state.id : undefined
    default:
      return record.workflow.conversationId
  }
}
