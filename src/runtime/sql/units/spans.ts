import type { Page } from '../../../implementation/records.ts'
import type { SpanStore, Trace } from '../../ports/span-store.ts'
import type { EndedSpan } from '../../telemetry/span.ts'
import { newId } from '../../new-id.ts'
import { pageOf } from './pages.ts'
import { toJson } from './records.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'

/** What of a span is told apart in the table; the rest is JSON. */
type Told = Pick<EndedSpan, 'spanId' | 'parentId' | 'name' | 'kind' | 'attributes' | 'events' | 'error'>

export function* saveSpans({ db, now }: UnitContext, spans: readonly EndedSpan[]): Unit<void> {
  if (spans.length === 0) return
  yield* run(
    db.insertInto('spans').values(
      spans.map(({ traceId, conversationId, startedAt, duration, ...told }) => ({
        id: newId(now),
        trace_id: traceId,
        conversation_id: conversationId ?? null,
        started_at: startedAt,
        duration,
        span: toJson(told satisfies Told),
      })),
    ),
  )
}

export function* forgetSpans({ db }: UnitContext, before: number, most: number): Unit<void> {
  const tooMany = yield* row(db.selectFrom('spans').select('id').orderBy('id', 'desc').offset(most).limit(1))
  yield* run(db.deleteFrom('spans').where('id', '<', firstIdOf(before)))
  if (tooMany) yield* run(db.deleteFrom('spans').where('id', '<=', tooMany.id))
}

export function* listTraces(
  { db }: UnitContext,
  { conversationId, cursor, limit }: Parameters<SpanStore['listTraces']>[0],
): Unit<Page<Trace>> {
  let query = db
    .selectFrom('spans')
    .select(({ fn }) => ['trace_id', fn.min('id').as('first')])
    .groupBy('trace_id')
    .orderBy('first', 'desc')
    .limit(limit + 1)
  if (conversationId !== undefined) query = query.where('conversation_id', '=', conversationId)
  if (cursor !== undefined) query = query.having(({ fn }) => fn.min('id'), '<', cursor)
  const found = yield* rows(query)
  const spans = new Map<string, EndedSpan[]>(found.map(({ trace_id }) => [trace_id, []]))
  if (found.length > 0) {
    const all = db
      .selectFrom('spans')
      .selectAll()
      .where('trace_id', 'in', [...spans.keys()])
    for (const { trace_id, conversation_id, started_at, duration, span } of yield* rows(all)) {
      spans.get(trace_id)?.push({
        ...(JSON.parse(span) as Told),
        traceId: trace_id,
        conversationId: conversation_id ?? undefined,
        startedAt: started_at,
        duration,
      })
    }
  }
  return pageOf(
    found,
    limit,
    ({ first }) => first,
    ({ trace_id }) => traceFrom(trace_id, spans.get(trace_id) ?? []),
  )
}

function traceFrom(id: string, spans: readonly EndedSpan[]): Trace {
  // What began in the same millisecond: what has its parent among the others comes after it.
  const sorted = spans.toSorted((one, other) => one.startedAt - other.startedAt || other.duration - one.duration)
  const start = Math.min(...sorted.map(({ startedAt }) => startedAt))
  const end = Math.max(...sorted.map(({ startedAt, duration }) => startedAt + duration))
  return {
    id,
    startedAt: new Date(start).toISOString(),
    duration: end - start,
    failed: sorted.some(({ error }) => error !== undefined),
    spans: sorted,
  }
}

/** What every id sorts behind that is made at a time or later: ids begin with their time. */
function firstIdOf(time: number): string {
  const digits = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}`
}
