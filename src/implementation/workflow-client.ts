import type { Sides } from '../definition/schema.ts'
import type { Page, StoredTags } from './records.ts'

/**
 * `pending` until its first handler runs, `in_progress` from then on; the others are ends, after which nothing changes any
 * more.
 */
export type WorkflowStatus = 'pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled' | 'timedout'

/** Work that outlives a handler. */
export interface Workflow<TName extends string = string, TInput = unknown, TOutput = unknown> {
  readonly id: string
  readonly name: TName
  readonly status: WorkflowStatus
  readonly input: TInput
  /** Once it is completed. */
  readonly output?: TOutput
  /** Once it has failed. */
  readonly failureReason?: string
  readonly tags: StoredTags
  readonly conversationId?: string
  readonly userId?: string
  /** ISO 8601, in UTC. */
  readonly createdAt: string
  readonly updatedAt: string
  /** When it times out, unless it has ended before. */
  readonly timeoutAt?: string
}

/** The types of workflows, by name. */
export type WorkflowsTypes = Record<string, { input: Sides; output: Sides }>

/** A workflow of a name that a definition declares. */
export type WorkflowOf<TWorkflows extends WorkflowsTypes, W extends keyof TWorkflows> = Workflow<
  W & string,
  TWorkflows[W]['input']['parsed'],
  TWorkflows[W]['output']['parsed']
>

/** What may be changed of a workflow that has not ended. */
export interface WorkflowChange {
  /** Undefined removes one. */
  tags?: Record<string, string | undefined>
  /** Milliseconds from now after which it times out. */
  timeout?: number
}

/**
 * The workflows of a plugin or bot. What a handler does to them takes effect when it ends, with everything else that it did;
 * `getWorkflow` sees it before, lists do not.
 */
export interface WorkflowClient<TWorkflows extends WorkflowsTypes> {
  /**
   * Starts a workflow: the handlers of `workflowStart` run once, in a lane of its own.
   * @throws {ValidationError} with the code `input_invalid`.
   */
  createWorkflow<W extends keyof TWorkflows & string>(workflow: {
    name: W
    input: TWorkflows[W]['input']['input']
    tags?: Record<string, string | undefined>
    /** The conversation that it is about, which its handlers then receive. */
    conversationId?: string
    /** The user whom it is about. */
    userId?: string
    /** Milliseconds after which it times out, unless it has ended. Default: what the definition says, or 5 minutes. */
    timeout?: number
  }): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
  /** @throws {PlugboardError} with the code `workflow_unknown`. */
  getWorkflow<W extends keyof TWorkflows & string>(workflow: {
    name: W
    id: string
  }): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
  /**
   * Changes a workflow, or ends it. If it ends in another way before this handler does, that stays.
   * @throws {PlugboardError} with the code `workflow_unknown`, or `workflow_ended`.
   * @throws {ValidationError} with the code `output_invalid`.
   */
  updateWorkflow<W extends keyof TWorkflows & string>(
    workflow: { name: W; id: string } & WorkflowChange &
      (
        | { status?: undefined; output?: never; failureReason?: never }
        | { status: 'completed'; output: TWorkflows[W]['output']['input']; failureReason?: never }
        | { status: 'failed'; failureReason: string; output?: never }
        | { status: 'cancelled'; output?: never; failureReason?: never }
      ),
  ): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
  /**
   * Lets a workflow go on: the handlers of `workflowContinue` run once, after those that run or wait already.
   * @throws {PlugboardError} with the code `workflow_unknown`, or `workflow_ended`.
   */
  continueWorkflow<W extends keyof TWorkflows & string>(workflow: {
    name: W
    id: string
    /** Milliseconds to wait before; another call with a wait takes the place of this one. Default: 0. */
    after?: number
  }): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
  /** Workflows of a name, the oldest first. */
  listWorkflows<W extends keyof TWorkflows & string>(filter: {
    name: W
    statuses?: readonly WorkflowStatus[]
    tags?: Record<string, string>
    conversationId?: string
    cursor?: string
  }): Promise<Page<WorkflowOf<TWorkflows, W>>>
}

/** A workflow that runs, as its handlers receive it: with what can be done to it. */
export type RunningWorkflow<TWorkflows extends WorkflowsTypes, W extends keyof TWorkflows> = WorkflowOf<
  TWorkflows,
  W
> & {
  update(change: WorkflowChange): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
  /** @throws {ValidationError} with the code `output_invalid`. */
  setCompleted(end: { output: TWorkflows[W]['output']['input'] }): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
  setFailed(end: { failureReason: string }): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
  cancel(): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
  /** Lets it go on once this handler has ended: after so many milliseconds, at once by default. */
  continue(options?: { after?: number }): Promise<{ workflow: WorkflowOf<TWorkflows, W> }>
}
