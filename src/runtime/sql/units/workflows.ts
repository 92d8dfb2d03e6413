import type { Selectable } from 'kysely'
import type { Page } from '../../../implementation/records.ts'
import type { Claim } from '../../ports/claim.ts'
import type { Store } from '../../ports/store.ts'
import type { StoredWorkflow, WorkflowMoment, WorkflowWrite } from '../../ports/workflow-store.ts'
import type { Tables } from '../tables.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { enterInbox } from './enter-lanes.ts'
import { hold } from './lanes.ts'
import { incomingLane } from '../../ports/lane-names.ts'
import { newId } from '../../new-id.ts'
import { pageOf } from './pages.ts'
import { tagsFrom, timeFrom, toJson } from './records.ts'
import { changed, insertTags, withTags } from './tags.ts'

type WorkflowRow = Selectable<Tables['workflows']>

export function* getWorkflow({ db }: UnitContext, owner: string, id: string): Unit<StoredWorkflow | undefined> {
  const found = yield* row(db.selectFrom('workflows').selectAll().where('id', '=', id).where('owner', '=', owner))
  return found && workflowFrom(found)
}

export function* listWorkflows(
  context: UnitContext,
  { owner, name, statuses, tags = {}, conversationId, cursor, limit }: Parameters<Store['listWorkflows']>[0],
): Unit<Page<StoredWorkflow>> {
  if (statuses?.length === 0) return { items: [] }
  // Ids begin with their time, so their order is that of starting.
  let query = context.db
    .selectFrom('workflows')
    .selectAll()
    .where('owner', '=', owner)
    .where('name', '=', name)
    .orderBy('id')
    .limit(limit + 1)
  if (statuses) query = query.where('status', 'in', statuses)
  if (conversationId !== undefined) query = query.where('conversation_id', '=', conversationId)
  if (Object.keys(tags).length > 0) query = query.where('id', 'in', withTags(context, 'workflow', tags))
  if (cursor !== undefined) query = query.where('id', '>', cursor)
  return pageOf(yield* rows(query), limit, ({ id }) => id, workflowFrom)
}

export function* beginWorkflow(context: UnitContext, claim: Claim, id: string): Unit<void> {
  yield* hold(context, claim)
  yield* run(
    context.db
      .updateTable('workflows')
      .set({ status: 'in_progress', updated_at: context.now })
      .where('id', '=', id)
      .where('status', '=', 'pending'),
  )
}

/** Starts and changes workflows, one after another. Gives the lanes in which something waits now. */
export function* writeWorkflows(context: UnitContext, writes: readonly WorkflowWrite[]): Unit<readonly string[]> {
  const lanes: string[] = []
  for (const write of writes)
    lanes.push(...(yield* write.kind === 'start' ? startWorkflow(context, write) : changeWorkflow(context, write)))
  return lanes
}

function* startWorkflow(
  context: UnitContext,
  { workflow, timeout }: Extract<WorkflowWrite, { kind: 'start' }>,
): Unit<readonly string[]> {
  const { db, now } = context
  const { id, owner, name, input, tags, conversationId, userId, createdAt, updatedAt } = workflow
  yield* run(
    db.insertInto('workflows').values({
      id,
      owner,
      name,
      status: 'pending',
      input: toJson(input),
      output: null,
      failure_reason: null,
      tags: toJson(tags),
      conversation_id: conversationId ?? null,
      user_id: userId ?? null,
      created_at: Date.parse(createdAt),
      updated_at: Date.parse(updatedAt),
      timeout_at: now + timeout,
      continue_at: null,
      last_sequence: 0,
    }),
  )
  yield* insertTags(context, 'workflow', id, tags)
  return [yield* enterWorkflow(context, { id, owner }, 'workflowStart')]
}

/** One that has ended in the meantime stays as it is. */
function* changeWorkflow(
  context: UnitContext,
  { id, end, tags = {}, timeout, continueAfter }: Extract<WorkflowWrite, { kind: 'change' }>,
): Unit<readonly string[]> {
  const { db, now, dialect } = context
  const query = db.selectFrom('workflows').selectAll().where('id', '=', id).where('status', 'in', running)
  const found = yield* row(dialect === 'postgres' ? query.forUpdate() : query)
  if (!found) return []
  const after = changed(tagsFrom(found.tags), tags)
  yield* run(
    db
      .updateTable('workflows')
      .set({
        updated_at: now,
        tags: toJson(after),
        ...(timeout !== undefined && { timeout_at: now + timeout }),
        ...(continueAfter !== undefined && continueAfter > 0 && { continue_at: now + continueAfter }),
        ...(end && {
          status: end.status,
          timeout_at: null,
          continue_at: null,
          ...(end.status === 'completed' && { output: toJson(end.output) }),
          ...(end.status === 'failed' && { failure_reason: end.failureReason }),
        }),
      })
      .where('id', '=', id),
  )
  const names = Object.keys(tags)
  if (names.length > 0) {
    yield* run(db.deleteFrom('tags').where('kind', '=', 'workflow').where('id', '=', id).where('name', 'in', names))
    const left = Object.entries(after).filter(([name]) => names.includes(name))
    yield* insertTags(context, 'workflow', id, Object.fromEntries(left))
  }
  return continueAfter === 0 && !end ? [yield* enterWorkflow(context, found, 'workflowContinue')] : []
}

/** Ends workflows whose time is over, and lets those go on that have waited. Gives the lanes in which something waits now. */
export function* settleWorkflows(context: UnitContext, limit: number): Unit<readonly string[]> {
  const { db, now } = context
  const lanes: string[] = []
  for (const workflow of yield* due(context, 'timeout_at', limit)) {
    const end = { status: 'timedout' as const, timeout_at: null, continue_at: null, updated_at: now }
    yield* run(db.updateTable('workflows').set(end).where('id', '=', workflow.id))
    lanes.push(yield* enterWorkflow(context, workflow, 'workflowTimeout'))
  }
  for (const workflow of yield* due(context, 'continue_at', limit)) {
    yield* run(db.updateTable('workflows').set({ continue_at: null }).where('id', '=', workflow.id))
    lanes.push(yield* enterWorkflow(context, workflow, 'workflowContinue'))
  }
  return lanes
}

function* due(
  { db, now, dialect }: UnitContext,
  time: 'timeout_at' | 'continue_at',
  limit: number,
): Unit<readonly WorkflowRow[]> {
  const query = db.selectFrom('workflows').selectAll().where(time, '<=', now).orderBy(time).limit(limit)
  // Another process has what is locked.
  return yield* rows(dialect === 'postgres' ? query.forUpdate().skipLocked() : query)
}

/** When a workflow times out or goes on next. */
export function* nextWorkflow({ db }: UnitContext): Unit<readonly number[]> {
  const times: number[] = []
  for (const time of ['timeout_at', 'continue_at'] as const) {
    const next = yield* row(db.selectFrom('workflows').select(time).where(time, 'is not', null).orderBy(time).limit(1))
    if (next) times.push((next as Record<typeof time, number>)[time])
  }
  return times
}

/** Puts what is told of a workflow into its lane. Gives that. */
function* enterWorkflow(
  context: UnitContext,
  { id, owner }: { readonly id: string; readonly owner: string },
  moment: WorkflowMoment,
): Unit<string> {
  const key = newId(context.now)
  const lane = incomingLane(id)
  const sequence = yield* nextSequence(context, id)
  const record = toJson({ key, moment, id })
  yield* enterInbox(context, { id: key, lane, sequence, origin: owner, kind: 'workflow', record })
  return lane
}

/** The next number of a workflow. */
export function* nextSequence({ db }: UnitContext, id: string): Unit<number> {
  const last = yield* row(
    db
      .updateTable('workflows')
      .set(({ eb }) => ({ last_sequence: eb('last_sequence', '+', 1) }))
      .where('id', '=', id)
      .returning('last_sequence'),
  )
  return last?.last_sequence ?? 1
}

const running = ['pending', 'in_progress'] as const

export function workflowFrom(found: WorkflowRow): StoredWorkflow {
  return Object.freeze({
    id: found.id,
    owner: found.owner,
    name: found.name,
    status: found.status,
    input: JSON.parse(found.input) as unknown,
    ...(found.output !== null && { output: JSON.parse(found.output) as unknown }),
    ...(found.failure_reason !== null && { failureReason: found.failure_reason }),
    tags: tagsFrom(found.tags),
    ...(found.conversation_id !== null && { conversationId: found.conversation_id }),
    ...(found.user_id !== null && { userId: found.user_id }),
    createdAt: timeFrom(found.created_at),
    updatedAt: timeFrom(found.updated_at),
    ...(found.timeout_at !== null && { timeoutAt: timeFrom(found.timeout_at) }),
  })
}
