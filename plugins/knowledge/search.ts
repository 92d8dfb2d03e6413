import type { Client, Context, Found } from './context.ts'
import { embed } from './embed.ts'
import { likeness, unpacked } from './vector.ts'

/** How many passages are in memory at once. */
const pageSize = 500

/** Finds the passages that are nearest to a query, the nearest first. */
export async function search(context: Context, query: string, limit?: number): Promise<Found[]> {
  const { client, configuration, logger } = context
  const { leastScore, passages: usual } = configuration
  const most = limit ?? usual
  const { model, vectors } = await embed(context, [query])
  const [wanted] = vectors
  const { documents, others } = await documentsOf(client, model)
  if (others > 0)
    logger.warn(
      `${others} documents are embedded by another model than questions: they are found after the next ingestion`,
    )
  const nearest: Found[] = []
  let cursor: string | undefined
  do {
    const page = await client.findTableRows({ table: 'passages', limit: pageSize, cursor })
    for (const { document, version, position, model: own, content, vector } of page.items) {
      const known = documents.get(document)
      if (own !== model || known?.version !== version || !vector || !wanted) continue
      const score = likeness(wanted, unpacked(vector.values))
      const last = nearest.length === most ? nearest.at(-1) : undefined
      if (score < leastScore || (last && score <= last.score)) continue
      const { title, heading, text } = content
      const after = nearest.findIndex((other) => other.score < score)
      nearest.splice(after === -1 ? nearest.length : after, 0, {
        source: known.path,
        title,
        heading,
        position,
        text,
        score,
      })
      if (nearest.length > most) nearest.pop()
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return nearest
}

/** By key, the documents whose passages can be found, and how many there are of another model. */
async function documentsOf(client: Client, model: string) {
  const documents = new Map<string, { readonly path: string; readonly version: string }>()
  let others = 0
  let cursor: string | undefined
  do {
    const page = await client.findTableRows({
      table: 'documents',
      filter: { version: { $ne: '' } },
      limit: 1000,
      cursor,
    })
    for (const { key, path, version, model: own } of page.items) {
      documents.set(key, { path, version })
      if (own !== model) others += 1
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return { documents, others }
}
