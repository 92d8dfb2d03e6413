import { PlugboardError } from 'plugboard'
import type { Context, Document, Next, Pass, Progress } from './context.ts'
import { embed } from './embed.ts'
import { readerOf } from './formats.ts'
import { cuttingOf } from './listing.ts'
import { passagesOf } from './passages.ts'
import { read } from './sources.ts'
import { packed } from './vector.ts'

/** How often a document is tried in all. */
const mostAttempts = 3

/** Takes the next document on by a step: reads it, or embeds a batch of its passages. Undefined when nothing is left to be done. */
export async function takeIn(context: Context, pass: Pass, progress: Progress): Promise<Next | undefined> {
  const { items } = await context.client.findTableRows({
    table: 'documents',
    filter: { pass: pass.id, due: { $ne: 'no' } },
    // What has failed waits until the others are done.
    orderBy: 'failures',
    limit: 1,
  })
  const [document] = items
  if (!document) return undefined
  try {
    return document.due === 'read'
      ? await readIn(context, document, progress)
      : await embedBatch(context, document, progress)
  } catch (error) {
    return failed(context, document, progress, error)
  }
}

/** Reads a document and cuts it into passages, which are not found before all of them are embedded. */
async function readIn(context: Context, document: Document, progress: Progress): Promise<Progress> {
  const { client, configuration } = context
  const { id, key, path, contentType } = document
  const bytes = await read(context, document)
  const version = `${cuttingOf(context)} ${await digestOf(bytes)}`
  if (version === document.version) {
    // Written anew as it was: its passages are those that are there.
    if (document.model !== progress.model) await change(context, id, { due: 'embed', next: undefined })
    else await settle(context, document, version, progress.model)
    const unchanged = progress.counts.unchanged + (document.model === progress.model ? 1 : 0)
    return { ...progress, counts: { ...progress.counts, unchanged } }
  }
  const reader = readerOf(path, contentType)
  const outline = await reader?.(bytes)
  const title = outline?.title ?? path.slice(path.lastIndexOf('/') + 1)
  const passages = outline ? passagesOf(outline, configuration) : []
  // Also what an ingestion left that was broken off.
  await client.deleteTableRows({ table: 'passages', filter: { document: key, version: { $ne: document.version } } })
  await client.createTableRows({
    table: 'passages',
    rows: passages.map(({ heading, text }, index) => ({
      document: key,
      version,
      position: index + 1,
      model: '',
      content: { title, heading, text },
    })),
  })
  await change(context, id, { due: 'embed', next: version })
  return progress
}

/** Embeds the next passages of a document. When all are, they take the place of those that were there before. */
async function embedBatch(context: Context, document: Document, progress: Progress): Promise<Progress> {
  const { client, configuration } = context
  const { batchSize } = configuration
  const version = document.next ?? document.version
  const { items } = await client.findTableRows({
    table: 'passages',
    filter: { document: document.key, version, model: { $ne: progress.model } },
    orderBy: 'position',
    limit: batchSize,
  })
  const counts = { ...progress.counts, passages: progress.counts.passages + items.length }
  if (items.length > 0) {
    const texts = items.map(({ content }) => textOf(content))
    const { model, vectors } = await embed(context, texts)
    if (model !== progress.model)
      throw new PlugboardError({
        code: 'vendor_failed',
        message: `passages are embedded by ${model} where ${progress.model} began: bind 'embeddings' to one model`,
      })
    await client.updateTableRows({
      table: 'passages',
      rows: items.flatMap(({ id }, index) => {
        const vector = vectors[index]
        return vector ? [{ id, model, vector: { values: packed(vector) } }] : []
      }),
    })
  }
  if (items.length < batchSize) {
    await settle(context, document, version, progress.model)
    counts.ingested += 1
  }
  return { ...progress, counts }
}

/** The document has these passages from now on. */
async function settle(context: Context, { id, key, wanted }: Document, version: string, model: string): Promise<void> {
  await context.client.deleteTableRows({ table: 'passages', filter: { document: key, version: { $ne: version } } })
  await change(context, id, { version, model, fingerprint: wanted, due: 'no', next: undefined, error: undefined })
}

/** Leaves a document for later, or for good; what was known of it before is kept. */
async function failed(context: Context, document: Document, progress: Progress, error: unknown): Promise<Next> {
  const own = PlugboardError.isInstance(error) ? error : undefined
  // Nothing of the document: it is tried again when the bot runs, or the store answers.
  if (own && ['aborted', 'store_failed', 'lease_lost'].includes(own.code)) throw error
  const { id, path, failures } = document
  if (own?.retryable && failures + 1 < mostAttempts) {
    context.logger.info(`'${path}' is tried again`, { error })
    await change(context, id, { failures: failures + 1 })
    return { ...progress, wait: own.retryAfter ?? 500 * 2 ** failures }
  }
  context.logger.warn(`'${path}' could not be taken in`, { error })
  const reason = error instanceof Error ? error.message : String(error)
  await change(context, id, { due: 'no', failures: 0, error: `${own ? `${own.code}: ` : ''}${reason}`.slice(0, 500) })
  return progress
}

const change = ({ client }: Context, id: string, columns: Partial<Omit<Document, 'id' | 'createdAt' | 'updatedAt'>>) =>
  client.updateTableRows({ table: 'documents', rows: [{ id, ...columns }] })

/** What is embedded of a passage: a heading often says what the text beneath it is about. */
const textOf = ({ heading, text }: { heading: string; text: string }): string =>
  heading === '' ? text : `${heading}\n${text}`

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64')
}
