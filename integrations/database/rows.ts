import type { Settings } from './configuration.ts'

/** What JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
/** A row, or a document, as an item. */
export type Item = { id: string } & { [field: string]: Json }
/** Values by column, or by field, as a caller gives them. */
export type Fields = { readonly [field: string]: Json | undefined }

/** What tells an installation from another one, and how it is configured. */
export interface Installed {
  readonly ctx: { readonly botId: string; readonly integrationId: string }
  readonly configuration: Settings
}
/** What every handler has. */
export interface Call extends Installed {
  readonly signal: AbortSignal
}

/** The rows of a table, or the documents of a collection, within one call. What fails, fails typed. */
export interface Rows {
  /** What the list is, for cursors belong to one list. */
  readonly list: readonly string[]
  /** What follows an id in the order of the list, so many at most; the first ones without an id. */
  after(id: string | undefined, limit: number): Promise<readonly Item[]>
  read(id: string): Promise<Item | undefined>
  create(draft: Fields): Promise<Item>
  /** Gives the item as it is then; undefined where it is not there. */
  update(id: string, changes: Fields): Promise<Item | undefined>
  /** Tells whether it was there. */
  delete(id: string): Promise<boolean>
}

/** What a process keeps open of a database for one installation. */
export interface Database {
  /** Looks whether it is there, and has what the configuration names. */
  check(signal: AbortSignal): Promise<void>
  rows(signal: AbortSignal): Promise<Rows>
  close(): Promise<void>
}
