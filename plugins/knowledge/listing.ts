import type { Client, Context, Document, NewDocument, Pass, Progress } from './context.ts'
import { readerOf } from './formats.ts'
import { listPage, type Met } from './sources.ts'

/** How many documents are removed at once. */
const most = 20

/** Lists a page, and notes what is to be done with the files on it. */
export async function list(context: Context, pass: Pass, progress: Progress): Promise<Progress> {
  const [place, ...others] = progress.ahead
  if (!place) return { ...progress, phase: 'sweeping' }
  const { met, folders, nextCursor } = await listPage(context, place, progress.cursor)
  const { prefix } = context.configuration
  const counts = { ...progress.counts }
  const before = await documentsOf(
    context.client,
    met.map(({ key }) => key),
  )
  const rows: NewDocument[] = []
  for (const file of met) {
    if (!file.path.startsWith(prefix)) continue
    const known = before.get(file.key)
    // A list that was begun anew gives what is counted already.
    const isNew = known?.pass !== pass.id
    if (readerOf(file.path, file.contentType)) {
      const row = judged(file, known, { pass: pass.id, model: progress.model, cutting: cuttingOf(context) })
      if (isNew) counts.files += 1
      if (isNew && row.due === 'no') counts.unchanged += 1
      rows.push(row)
    } else if (isNew) counts.ignored += 1
  }
  await context.client.upsertTableRows({ table: 'documents', keyColumn: 'key', rows })
  return {
    ...progress,
    ahead: nextCursor === undefined ? [...others, ...folders] : [place, ...others, ...folders],
    cursor: nextCursor,
    failures: 0,
    counts,
  }
}

/** Removes some of the documents that are gone, with their passages. All files were listed before. */
export async function sweep({ client }: Context, pass: Pass, progress: Progress): Promise<Progress> {
  const { items, nextCursor } = await client.findTableRows({
    table: 'documents',
    filter: { pass: { $ne: pass.id } },
    limit: most,
  })
  for (const { key } of items) await client.deleteTableRows({ table: 'passages', filter: { document: key } })
  await client.deleteTableRows({ table: 'documents', ids: items.map(({ id }) => id) })
  const counts = { ...progress.counts, removed: progress.counts.removed + items.length }
  return { ...progress, phase: nextCursor === undefined ? 'reading' : 'sweeping', failures: 0, counts }
}

/** A document as the ingestion met it, with what is left to be done. */
function judged(
  { key, source, path, contentType, size, facts, file }: Met,
  known: Document | undefined,
  { pass, model, cutting }: { pass: string; model: string; cutting: string },
): NewDocument {
  const wanted = facts === '' ? '' : `${cutting} ${facts}`
  const isUnchanged = wanted !== '' && known !== undefined && known.version !== '' && known.fingerprint === wanted
  const due = (): NewDocument['due'] => {
    // What another ingestion began with goes on where that was.
    if (known?.due === 'embed' && wanted !== '' && known.wanted === wanted) return 'embed'
    // What failed before is read even if it is what it was once more, so that nobody is told of it any more.
    if (!isUnchanged || known.error !== undefined) return 'read'
    return known.model === model ? 'no' : 'embed'
  }
  return {
    key,
    source,
    path,
    contentType,
    size,
    file: file as NewDocument['file'],
    wanted,
    due: due(),
    pass,
    failures: 0,
    fingerprint: known?.fingerprint ?? '',
    version: known?.version ?? '',
    model: known?.model ?? '',
  }
}

/** A file is taken in anew if it is to be cut otherwise. */
export const cuttingOf = ({ configuration }: Context): string =>
  `${configuration.passageLength}/${configuration.overlap}`

async function documentsOf(client: Client, keys: readonly string[]): Promise<Map<string, Document>> {
  const { items } = await client.findTableRows({ table: 'documents', filter: { key: { $in: keys } }, limit: 1000 })
  return new Map(items.map((document) => [document.key, document]))
}
