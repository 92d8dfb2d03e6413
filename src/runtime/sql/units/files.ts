import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { StoredFile } from '../../../implementation/file-client.ts'
import type { Page } from '../../../implementation/records.ts'
import type { FileWrite } from '../../ports/file-store.ts'
import type { Store } from '../../ports/store.ts'
import type { Tables } from '../tables.ts'
import { row, rows, run, type Unit, type UnitContext } from '../unit.ts'
import { pageOf } from './pages.ts'
import { tagsFrom, timeFrom, toJson } from './records.ts'
import { insertTags, withTags } from './tags.ts'

export function* writeChunk({ db, now }: UnitContext, content: string, place: number, bytes: Uint8Array): Unit<void> {
  yield* run(
    db
      .insertInto('file_contents')
      .values({ id: content, at: now })
      .onConflict((conflict) => conflict.column('id').doNothing()),
    db.insertInto('file_chunks').values({ content, place, bytes }),
  )
}

export function* readContent({ db }: UnitContext, content: string): Unit<readonly Uint8Array[]> {
  const found = yield* rows(
    db.selectFrom('file_chunks').select('bytes').where('content', '=', content).orderBy('place'),
  )
  return found.map(({ bytes }) => bytes)
}

export function* getFile({ db }: UnitContext, key: string): Unit<StoredFile | undefined> {
  const found = yield* row(db.selectFrom('files').selectAll().where('key', '=', key))
  return found && fileFrom(found)
}

export function* readFile({ db }: UnitContext, key: string): Unit<Awaited<ReturnType<Store['readFile']>>> {
  // In one statement: the file may be replaced between two.
  const found = yield* rows(
    db
      .selectFrom('files')
      .leftJoin('file_chunks', 'file_chunks.content', 'files.content')
      .selectAll('files')
      .select('file_chunks.bytes')
      .where('key', '=', key)
      .orderBy('file_chunks.place'),
  )
  const [first] = found
  return first && { file: fileFrom(first), chunks: found.flatMap(({ bytes }) => bytes ?? []) }
}

export function* listFiles(
  context: UnitContext,
  { prefix = '', tags = {}, cursor, limit }: Parameters<Store['listFiles']>[0],
): Unit<Page<StoredFile>> {
  let query = context.db
    .selectFrom('files')
    .selectAll()
    .orderBy('key')
    .limit(limit + 1)
  // Keys are compared byte by byte, so those with the prefix stand together, before the one that ends in the last character.
  if (prefix !== '')
    query = query
      .where('key', '>=', prefix)
      .where('key', '<', `${prefix}\u{10ffff}`)
      .where(sql<boolean>`substr(key, 1, length(cast(${prefix} as text))) = ${prefix}`)
  if (Object.keys(tags).length > 0) query = query.where('id', 'in', withTags(context, 'file', tags))
  if (cursor !== undefined) query = query.where('key', '>', cursor)
  return pageOf(yield* rows(query), limit, ({ key }) => key, fileFrom)
}

/** Stores and deletes files, one after another. */
export function* writeFiles(context: UnitContext, writes: readonly FileWrite[]): Unit<void> {
  for (const write of writes)
    if (write.kind === 'put') yield* putFile(context, write.file, write.content)
    else yield* deleteFile(context, write.key)
}

function* putFile(context: UnitContext, file: StoredFile, content: string): Unit<void> {
  const { db } = context
  const before = yield* row(
    locked(context, db.selectFrom('files').select(['id', 'content']).where('key', '=', file.key)),
  )
  const facts = {
    content,
    content_type: file.contentType,
    size: file.size,
    tags: toJson(file.tags),
    updated_at: Date.parse(file.updatedAt),
  }
  const made = yield* row(
    db
      .insertInto('files')
      .values({ id: file.id, key: file.key, created_at: Date.parse(file.createdAt), ...facts })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(facts))
      .returning('id'),
  )
  if (before) yield* deleteContents(context, [before.content])
  const id = made?.id ?? file.id
  yield* run(db.deleteFrom('tags').where('kind', '=', 'file').where('id', '=', id))
  yield* insertTags(context, 'file', id, file.tags)
}

function* deleteFile(context: UnitContext, key: string): Unit<void> {
  const { db } = context
  const gone = yield* row(db.deleteFrom('files').where('key', '=', key).returning(['id', 'content']))
  if (!gone) return
  yield* run(db.deleteFrom('tags').where('kind', '=', 'file').where('id', '=', gone.id))
  yield* deleteContents(context, [gone.content])
}

/** How long the bytes of an upload wait for the handler to end, in milliseconds. */
const patience = 86_400_000

/** Deletes the bytes of uploads whose handlers have failed. Gives how many uploads there were. */
export function* pruneContents(context: UnitContext, limit: number): Unit<number> {
  const { db, now } = context
  const unused = yield* rows(
    db
      .selectFrom('file_contents')
      .select('id')
      .where('at', '<', now - patience)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('files').select('files.id').whereRef('files.content', '=', 'file_contents.id'))),
      )
      .orderBy('at')
      .limit(limit),
  )
  yield* deleteContents(
    context,
    unused.map(({ id }) => id),
  )
  return unused.length
}

function* deleteContents({ db }: UnitContext, contents: readonly string[]): Unit<void> {
  if (contents.length === 0) return
  yield* run(
    db.deleteFrom('file_chunks').where('content', 'in', contents),
    db.deleteFrom('file_contents').where('id', 'in', contents),
  )
}

function locked<T extends { forUpdate(): T }>({ dialect }: UnitContext, query: T): T {
  return dialect === 'postgres' ? query.forUpdate() : query
}

function fileFrom(found: Selectable<Tables['files']>): StoredFile {
  return Object.freeze({
    id: found.id,
    key: found.key,
    contentType: found.content_type,
    size: found.size,
    tags: tagsFrom(found.tags),
    createdAt: timeFrom(found.created_at),
    updatedAt: timeFrom(found.updated_at),
  })
}
