import { z } from 'plugboard'

/** Which rows are items, however the database is reached. */
const rows = {
  schema: z.string().min(1).default('public').describe('The schema in which the table is.'),
  table: z.string().min(1).describe('The table, or a view. Its name as the catalogue has it, without quotes.'),
  idColumn: z.string().min(1).default('id').describe('The column that tells rows apart: unique, and never null.'),
  createdColumn: z.string().min(1).optional().describe('A column that is set to the time when a row is created.'),
  updatedColumn: z.string().min(1).optional().describe('A column that is set to the time when a row is changed.'),
  pageSize: z.number().int().min(1).max(1000).default(50).describe('Items of a page where the caller does not say.'),
  connections: z.number().int().min(1).max(100).default(5).describe('The most connections that a process opens.'),
}

/** The database by its address. */
export const byUrl = z.object({
  url: z
    .url({ protocol: /^postgres(?:ql)?$/, error: 'expected the address of a database, such as postgres://…' })
    .describe('postgres://user:password@host:port/database; its scheme says which database it is.'),
  ...rows,
})

/** PostgreSQL by the parts of its address. */
export const byParts = z.object({
  host: z.string().min(1).default('localhost'),
  port: z.number().int().min(1).max(65_535).default(5432),
  database: z.string().min(1),
  user: z.string().min(1),
  password: z.string(),
  ssl: z.boolean().default(false).describe('Whether the connection is encrypted, and the certificate checked.'),
  ...rows,
})

/** How an installation is configured. */
export type Settings = z.output<typeof byUrl> | z.output<typeof byParts>
