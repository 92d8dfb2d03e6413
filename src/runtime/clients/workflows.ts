import type { ConsumerData } from '../../definition/consumer-data.ts'
import type { Schema } from '../../definition/schema.ts'
import { PlugboardError, ValidationError, type Where } from '../../errors/index.ts'
import type { Workflow, WorkflowClient } from '../../implementation/workflow-client.ts'
import type { LooseConsumerTypes } from '../../implementation/loose-handlers.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { StoredWorkflow, WorkflowWrite } from '../ports/workflow-store.ts'
import { newId } from '../new-id.ts'
import { validate } from '../validate.ts'
import { listing } from './found.ts'
import { jsonProblem } from './json-problem.ts'
import { mergedTags, textTags } from './tags.ts'

/** What the methods work with. */
export interface WorkflowServices {
  readonly alias: string
  readonly definition: ConsumerData
  readonly store: Store
  readonly clock: Clock
  /** What the handler has done so far. */
  readonly workflows: WorkflowWrite[]
  readonly where: Where
}

type Change = Extract<WorkflowWrite, { kind: 'change' }>
type End = NonNullable<Change['end']>
type AnyClient = WorkflowClient<LooseConsumerTypes>

/** Milliseconds that a workflow has, where neither its definition nor its start says so. */
const usualTimeout = 300_000
const statuses: readonly string[] = ['pending', 'in_progress', 'completed', 'failed', 'cancelled', 'timedout']
const hasEnded = ({ status }: StoredWorkflow): boolean => status !== 'pending' && status !== 'in_progress'

/** The part of a client that concerns workflows. */
export function workflows({ alias, definition, store, clock, workflows: written, where }: WorkflowServices): AnyClient {
  const declaredOf = (name: unknown): ConsumerData['workflows'][string] => {
    const declared = definition.workflows
    if (typeof name === 'string' && Object.hasOwn(declared, name)) return declared[name] as (typeof declared)[string]
    throw new PlugboardError({
      code: 'workflow_unknown',
      message: `'${alias}' declares no workflow '${String(name)}'; it declares ${Object.keys(declared).join(', ') || 'none'}`,
      where,
    })
  }
  const refusal = (message: string, path: string): PlugboardError =>
    new PlugboardError({ code: 'workflow_invalid', message, where: { ...where, path } })
  /** Milliseconds, of which timers can be made. */
  const duration = (value: unknown, path: string, least: number): number => {
    if (typeof value === 'number' && value >= least && value <= Number.MAX_SAFE_INTEGER / 4) return Math.ceil(value)
    throw refusal(`'${path}' of a workflow must be milliseconds, from ${least}`, path)
  }
  const parse = async (side: 'input' | 'output', name: string, value: unknown): Promise<unknown> => {
    const code = `${side}_invalid` as const
    const subject = `the ${side} of workflow '${name}' of '${alias}'`
    const { schema } = declaredOf(name)[side] as { schema: Schema }
    const parsed = await validate(schema, value, { code, subject, where })
    const problem = jsonProblem(parsed)
    if (problem) throw new ValidationError(code, subject, [problem], where)
    return parsed
  }
  const nowText = (): string => new Date(clock.now()).toISOString()
  const current = async (name: string, id: unknown): Promise<StoredWorkflow> => {
    declaredOf(name)
    let workflow = typeof id === 'string' ? await store.getWorkflow(alias, id) : undefined
    for (const write of written) workflow = after(workflow, write, id, clock.now())
    if (workflow?.owner === alias && workflow.name === name) return workflow
    throw new PlugboardError({
      code: 'workflow_unknown',
      message: `'${alias}' has no workflow '${name}' with the id '${String(id)}'`,
      where,
    })
  }
  const change = async (
    name: string,
    id: string,
    given: Omit<Change, 'kind' | 'id'>,
  ): Promise<{ workflow: Workflow }> => {
    const before = await current(name, id)
    if (hasEnded(before))
      throw new PlugboardError({
        code: 'workflow_ended',
        message: `workflow '${name}' with the id '${id}' has ended: it is ${before.status}`,
        where,
      })
    written.push({ kind: 'change', id, ...given })
    return { workflow: shown(await current(name, id)) }
  }

  const client: WorkflowClient<Record<string, { input: never; output: never }>> = {
    createWorkflow: async ({ name, input, tags = {}, conversationId, userId, timeout }) => {
      const time = duration(timeout ?? declaredOf(name).timeout ?? usualTimeout, 'timeout', 1)
      const workflow: StoredWorkflow = {
        id: newId(clock.now()),
        owner: alias,
        name,
        status: 'pending',
        input: await parse('input', name, input),
        tags: mergedTags({}, textTags(tags, `workflows '${name}' of '${alias}'`)),
        ...(conversationId !== undefined && { conversationId }),
        ...(userId !== undefined && { userId }),
        createdAt: nowText(),
        updatedAt: nowText(),
        timeoutAt: new Date(clock.now() + time).toISOString(),
      }
      written.push({ kind: 'start', workflow, timeout: time })
      return { workflow: shown(workflow) as never }
    },
    getWorkflow: async ({ name, id }) => ({ workflow: shown(await current(name, id)) as never }),
    updateWorkflow: async ({ name, id, tags, timeout, status, output, failureReason }) =>
      (await change(name, id, {
        ...(tags && { tags: textTags(tags, `workflows '${name}' of '${alias}'`) }),
        ...(timeout !== undefined && { timeout: duration(timeout, 'timeout', 1) }),
        ...(status !== undefined && { end: await endOf(name, status, output, failureReason) }),
      })) as never,
    continueWorkflow: async ({ name, id, after: wait = 0 }) =>
      (await change(name, id, { continueAfter: duration(wait, 'after', 0) })) as never,
    listWorkflows: async ({ name, statuses: asked, tags, conversationId, cursor }) => {
      declaredOf(name)
      const unknown = asked?.find((status) => !statuses.includes(status))
      if (unknown !== undefined)
        throw refusal(`there is no status '${unknown}'; there are ${statuses.join(', ')}`, 'statuses')
      const filter = {
        owner: alias,
        name,
        statuses: asked,
        conversationId,
        ...listing({ tags, cursor }, 'workflows', where),
      }
      const page = await store.listWorkflows(filter)
      return { ...page, items: page.items.map((workflow) => shown(workflow) as never) }
    },
  }
  const endOf = async (name: string, status: string, output: unknown, failureReason: unknown): Promise<End> => {
    if (status === 'completed') return { status, output: await parse('output', name, output) }
    if (status === 'cancelled') return { status }
    if (status !== 'failed') throw refusal(`a workflow cannot be set to '${status}'`, 'status')
    if (typeof failureReason !== 'string') throw refusal('say why it failed, by `failureReason`', 'failureReason')
    return { status, failureReason }
  }
  return client as AnyClient
}

/** A workflow as its handlers receive it: with what can be done to it. */
export function runningWorkflow(workflow: StoredWorkflow, client: AnyClient): object {
  const { name, id } = workflow
  return {
    ...shown(workflow),
    update: (change: object) => client.updateWorkflow({ ...change, name, id }),
    setCompleted: ({ output }: { output: unknown }) =>
      client.updateWorkflow({ name, id, status: 'completed', output: output as never }),
    setFailed: ({ failureReason }: { failureReason: string }) =>
      client.updateWorkflow({ name, id, status: 'failed', failureReason }),
    cancel: () => client.updateWorkflow({ name, id, status: 'cancelled' }),
    continue: ({ after: wait }: { after?: number } = {}) => client.continueWorkflow({ name, id, after: wait }),
  }
}

/** A workflow as its owner sees it. */
export function shown({ owner: _, ...workflow }: StoredWorkflow): Workflow {
  return workflow
}

/** The workflow after what a handler did to it. */
function after(
  workflow: StoredWorkflow | undefined,
  write: WorkflowWrite,
  id: unknown,
  now: number,
): StoredWorkflow | undefined {
  if (write.kind === 'start') return write.workflow.id === id ? write.workflow : workflow
  if (write.id !== id || !workflow || hasEnded(workflow)) return workflow
  const { timeoutAt, ...left } = workflow
  const timeout = write.timeout === undefined ? timeoutAt : new Date(now + write.timeout).toISOString()
  return {
    ...left,
    ...write.end,
    tags: mergedTags(workflow.tags, write.tags ?? {}),
    ...(timeout !== undefined && !write.end && { timeoutAt: timeout }),
    updatedAt: new Date(now).toISOString(),
  }
}
