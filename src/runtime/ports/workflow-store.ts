import type { Page, StoredTags } from '../../implementation/records.ts'
import type { Workflow, WorkflowStatus } from '../../implementation/workflow-client.ts'
import type { Claim } from './claim.ts'
import type { TagChanges } from './record-store.ts'

/** What is told of a workflow. */
export type WorkflowMoment = 'workflowStart' | 'workflowContinue' | 'workflowTimeout'

/** A workflow as it is stored: its input and output are plain JSON. */
export interface StoredWorkflow extends Workflow {
  /** The alias of the plugin, or `bot`. */
  readonly owner: string
}

/** A workflow that is to be started, or changed. One that has ended changes no more. */
export type WorkflowWrite =
  | { readonly kind: 'start'; readonly workflow: StoredWorkflow; readonly timeout: number }
  | {
      readonly kind: 'change'
      readonly id: string
      readonly end?:
        | { readonly status: 'completed'; readonly output: unknown }
        | { readonly status: 'failed'; readonly failureReason: string }
        | { readonly status: 'cancelled' }
      readonly tags?: TagChanges
      /** Milliseconds from now on. */
      readonly timeout?: number
      /** Milliseconds after which it is to go on. */
      readonly continueAfter?: number
    }

/** The workflows of plugins and bots. Each has a lane of its own, in which its handlers run one after another. */
export interface WorkflowStore {
  getWorkflow(owner: string, id: string): Promise<StoredWorkflow | undefined>
  /** Workflows, the oldest first. */
  listWorkflows(filter: {
    readonly owner: string
    readonly name: string
    readonly statuses?: readonly WorkflowStatus[] | undefined
    readonly tags?: StoredTags | undefined
    readonly conversationId?: string | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  }): Promise<Page<StoredWorkflow>>
  /** Notes that the handlers of a workflow begin to run. */
  beginWorkflow(claim: Claim, id: string): Promise<void>
}
