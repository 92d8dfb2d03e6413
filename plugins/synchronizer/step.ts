import { type ConsumerContext, PlugboardError } from 'plugboard'
import type definition from './definition.ts'
import { keepPage, sweep } from './mirror.ts'

type Types = (typeof definition)['$types']
type Context = Pick<ConsumerContext<Types>, 'client' | 'configuration' | 'interfaces' | 'logger'>
type Progress = Types['states']['progress']['parsed']

/** What is done to the pass that goes on. */
interface Pass {
  readonly id: string
  /** When it began. */
  readonly createdAt: string
  update(change: { timeout: number }): Promise<unknown>
  continue(options?: { after?: number }): Promise<unknown>
  setCompleted(end: { output: Progress['counts'] }): Promise<unknown>
  setFailed(end: { failureReason: string }): Promise<unknown>
  cancel(): Promise<unknown>
}

const halfAnHour = 1_800_000
const mostRestarts = 3
const mostFailures = 8
const noCounts = { created: 0, updated: 0, unchanged: 0, deleted: 0 }
const beginning: Progress = { complete: false, restarts: 0, failures: 0, counts: noCounts }

/** Takes a pass on by one page. What it did is kept together with how far it came, so that it goes on from there whatever happens. */
export async function step(context: Context, pass: Pass): Promise<void> {
  const { client, logger } = context
  const latest = await client.getState({ name: 'latest' })
  // Two that were begun at once: the one that was noted last goes on.
  if (latest.state && latest.state.payload.id !== pass.id) {
    await pass.cancel()
    return
  }
  await pass.update({ timeout: halfAnHour })
  const { state } = await client.getState({ name: 'progress', id: pass.id })
  const progress = state?.payload ?? beginning
  try {
    await (progress.complete ? clean(context, pass, progress) : read(context, pass, progress))
  } catch (error) {
    // Nothing of the platform: it goes on when the bot runs, or the store answers.
    if (!PlugboardError.isInstance(error) || ['aborted', 'store_failed', 'lease_lost'].includes(error.code)) throw error
    const { cursor, ...rest } = progress
    if (error.code === 'vendor_refused' && cursor !== undefined && progress.restarts < mostRestarts) {
      // A cursor that the platform knows no more: from the first page again.
      await save(context, pass, { ...rest, restarts: progress.restarts + 1 })
      await pass.continue()
    } else if (error.retryable && progress.failures < mostFailures) {
      await save(context, pass, { ...progress, failures: progress.failures + 1 })
      await pass.continue({ after: error.retryAfter ?? 1000 * 2 ** progress.failures })
    } else {
      logger.warn('a synchronisation has failed, and nothing is deleted', { error, id: pass.id })
      await pass.setFailed({ failureReason: `${error.code}: ${error.message}` })
    }
  }
}

/** Reads a page and takes it over. */
async function read({ client, configuration, interfaces }: Context, pass: Pass, progress: Progress): Promise<void> {
  const { items, nextCursor } = await interfaces.source.listItems({
    cursor: progress.cursor,
    limit: configuration.pageSize,
  })
  const { created, updated, unchanged } = await keepPage(client, items, pass.createdAt)
  const { counts, restarts } = progress
  await save({ client }, pass, {
    ...(nextCursor !== undefined && { cursor: nextCursor }),
    complete: nextCursor === undefined,
    restarts,
    failures: 0,
    counts: {
      created: counts.created + created,
      updated: counts.updated + updated,
      unchanged: counts.unchanged + unchanged,
      deleted: counts.deleted,
    },
  })
  await pass.continue()
}

/** Deletes what was not met, after every page was read. */
async function clean({ client }: Context, pass: Pass, progress: Progress): Promise<void> {
  const { deleted, complete } = await sweep(client, pass.createdAt)
  const counts = { ...progress.counts, deleted: progress.counts.deleted + deleted }
  if (!complete) {
    await save({ client }, pass, { ...progress, counts })
    await pass.continue()
    return
  }
  await pass.setCompleted({ output: counts })
  await client.createEvent({ type: 'synchronized', payload: { ...counts, synchronization: pass.id } })
}

const save = ({ client }: Pick<Context, 'client'>, { id }: Pass, payload: Progress): Promise<unknown> =>
  client.setState({ name: 'progress', id, payload })
