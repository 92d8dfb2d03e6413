import { z } from 'plugboard'

/** How much is read at once, and over how many connections. */
const use = {
  pageSize: z.number().int().min(1).max(1000).default(50).describe('Items of a page where the caller does not say.'),
  connections: z.number().int().min(1).max(100).default(5).describe('The most connections that a process opens.'),
}
const named = z.string().min(1)
const stamps = {
  createdColumn: named.optional().describe('A column that is set to the time when a row is created.'),
  updatedColumn: named.optional().describe('A column that is set to the time when a row is changed.'),
}
const schema = named.describe('The schema in which the table is. Default: `public`.')
const table = named.describe('The table, or a view. Its name as the catalogue has it, without quotes.')
const idColumn = named.describe('The column that tells rows apart: unique, and never null. Default: `id`.')

const isOfMongo = (url: string): boolean => /^mongodb(?:\+srv)?:\/\//.test(url)
const isOfPostgres = (url: string): boolean => /^postgres(?:ql)?:\/\//.test(url) && URL.canParse(url)
/** Whether it is a field at the top of documents: what begins with `$` is an operator, and dots lead into documents. */
const isField = (given: string): boolean => /^[^$.\0][^.\0]*$/.test(given)
const notField = 'expected the name of a field at the top of documents'
const field = z.string().refine(isField, { error: notField })

/** The database by its address. */
export const byUrl = z
  .object({
    url: z
      .string()
      .refine((url) => isOfMongo(url) || isOfPostgres(url), {
        error: 'expected the address of a database, such as postgres://… or mongodb://…',
      })
      .describe('postgres://user:password@host:port/database or mongodb://…; its scheme says which database it is.'),
    table: named.describe('The table, the view or, of MongoDB, the collection.'),
    schema: schema.optional(),
    idColumn: idColumn.optional(),
    ...stamps,
    ...use,
  })
  .check(({ value, issues }) => {
    if (!isOfMongo(value.url)) return
    const wrong = (path: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [path], message })
    if (value.schema !== undefined)
      wrong('schema', 'MongoDB has no schemas: leave it out; the database is in the address')
    for (const name of ['idColumn', 'createdColumn', 'updatedColumn'] as const)
      if (value[name] !== undefined && !isField(value[name])) wrong(name, notField)
  })

/** PostgreSQL by the parts of its address. */
export const byParts = z.object({
  host: z.string().min(1).default('localhost'),
  port: z.number().int().min(1).max(65_535).default(5432),
  database: z.string().min(1),
  user: z.string().min(1),
  password: z.string(),
  ssl: z.boolean().default(false).describe('Whether the connection is encrypted, and the certificate checked.'),
  schema: schema.default('public'),
  table,
  idColumn: idColumn.default('id'),
  ...stamps,
  ...use,
})

/** MongoDB by its connection string. */
export const ofMongo = z.object({
  url: z
    .string()
    .refine(isOfMongo, { error: 'expected a connection string, such as mongodb://… or mongodb+srv://…' })
    .describe('mongodb://user:password@host:port/database or mongodb+srv://…, with any options of it.'),
  database: named.optional().describe('The database. Default: that of the connection string.'),
  collection: named.describe('The collection, or a view.'),
  idField: field
    .default('_id')
    .describe('The field that tells documents apart. Another one than `_id` needs a unique index.'),
  fields: z.array(field).optional().describe('The fields that are shown and taken, and no others. Default: all.'),
  createdField: field.optional().describe('A field that is set to the time when a document is created.'),
  updatedField: field.optional().describe('A field that is set to the time when a document is changed.'),
  ...use,
})

/** How an installation is configured. */
export type Settings = z.output<typeof byUrl> | z.output<typeof byParts> | z.output<typeof ofMongo>

/** A collection, and how it is reached. */
export type CollectionSettings = z.output<typeof ofMongo>
/** A table, and how it is reached. */
export type TableSettings = Exclude<Settings, CollectionSettings> & { schema: string; idColumn: string }

/** What is configured, whichever way that was said. */
export function targetOf(settings: Settings): { collection: CollectionSettings } | { table: TableSettings } {
  if ('collection' in settings) return { collection: settings }
  if (!('url' in settings)) return { table: settings }
  const { idColumn: id, createdColumn: createdField, updatedColumn: updatedField, pageSize, connections } = settings
  if (!isOfMongo(settings.url))
    return { table: { ...settings, schema: settings.schema ?? 'public', idColumn: id ?? 'id' } }
  const fields = { idField: id ?? '_id', createdField, updatedField }
  return { collection: { url: settings.url, collection: settings.table, ...fields, pageSize, connections } }
}
