import { PlugboardError } from 'plugboard'
import { create } from './begin.ts'
import type { Context, Next, Pass, Progress } from './context.ts'
import { takeIn } from './document.ts'
import { embed } from './embed.ts'
import { list, sweep } from './listing.ts'
import { outermost } from './sources.ts'

const halfAnHour = 1_800_000
const mostRestarts = 3
const mostFailures = 8
const mostTold = 100
const beginning: Progress = {
  phase: 'beginning',
  model: '',
  ahead: [],
  restarts: 0,
  failures: 0,
  counts: { files: 0, ignored: 0, unchanged: 0, ingested: 0, removed: 0, passages: 0 },
}

/**
 * Takes an ingestion on by one page of a list, or one batch of a document. What it did is kept together with how far it came,
 * so that it goes on from there whatever happens.
 */
export async function step(context: Context, pass: Pass): Promise<void> {
  const { client } = context
  const latest = await client.getState({ name: 'latest' })
  // Two that were begun at once: the one that was noted last goes on.
  if (latest.state && latest.state.payload.id !== pass.id) {
    await pass.cancel()
    return
  }
  await pass.update({ timeout: halfAnHour })
  let progress: Progress | undefined
  try {
    const { state } = await client.getState({ name: 'progress', id: pass.id })
    progress = state?.payload ?? beginning
    const next = await advance(context, pass, progress)
    if (next) {
      await save(context, pass, next)
      await pass.continue(next.wait === undefined ? {} : { after: next.wait })
    } else {
      await finish(context, pass, progress)
      if (latest.state?.payload.again) await create(client)
    }
  } catch (error) {
    await failed(context, pass, progress, error)
  }
}

async function advance(context: Context, pass: Pass, progress: Progress): Promise<Next | undefined> {
  if (progress.phase === 'beginning') return begun(context, progress)
  if (progress.phase === 'listing') return list(context, pass, progress)
  if (progress.phase === 'sweeping') return sweep(context, pass, progress)
  return takeIn(context, pass, progress)
}

/** Finds out what there is to be listed, and by which model passages are embedded, since all of them must be by one. */
async function begun(context: Context, progress: Progress): Promise<Progress> {
  const { model } = await embed(context, ['Which model is it?'])
  return { ...progress, phase: 'listing', model, ahead: outermost(context), failures: 0 }
}

/** Tells what was done. */
async function finish({ client }: Context, pass: Pass, { counts }: Progress): Promise<void> {
  const failures: { source: string; reason: string }[] = []
  let failedCount = 0
  let cursor: string | undefined
  do {
    const page = await client.findTableRows({
      table: 'documents',
      filter: { pass: pass.id, error: { $exists: true } },
      limit: 500,
      cursor,
    })
    failedCount += page.items.length
    for (const { path, error } of page.items)
      if (failures.length < mostTold) failures.push({ source: path, reason: error ?? '' })
    cursor = page.nextCursor
  } while (cursor !== undefined)
  const result = { ...counts, failed: failedCount, failures }
  await pass.setCompleted({ output: result })
  await client.createEvent({ type: 'ingested', payload: { ...result, ingestion: pass.id } })
}

/** Tries again what can be tried again, and gives everything else up: nothing that was taken in is lost by that. */
async function failed(context: Context, pass: Pass, progress: Progress | undefined, error: unknown): Promise<void> {
  if (!PlugboardError.isInstance(error) || ['aborted', 'store_failed', 'lease_lost'].includes(error.code)) throw error
  const { restarts = 0, failures = 0 } = progress ?? {}
  if (progress && error.code === 'vendor_refused' && progress.cursor !== undefined && restarts < mostRestarts) {
    // A cursor that the platform knows no more: from the first page of the place again.
    await save(context, pass, { ...progress, cursor: undefined, restarts: restarts + 1 })
    await pass.continue()
  } else if (progress && error.retryable && failures < mostFailures) {
    await save(context, pass, { ...progress, failures: failures + 1 })
    await pass.continue({ after: error.retryAfter ?? 1000 * 2 ** failures })
  } else {
    context.logger.warn('an ingestion has failed', { error, id: pass.id })
    await pass.setFailed({ failureReason: `${error.code}: ${error.message}` })
  }
}

const save = ({ client }: Context, { id }: Pass, { wait: _, ...payload }: Next): Promise<unknown> =>
  client.setState({ name: 'progress', id, payload })
