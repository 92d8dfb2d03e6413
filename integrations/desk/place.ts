import type { Deed } from './said.ts'

/** What a path is about. */
export type Place =
  | { readonly kind: 'page' }
  | { readonly kind: 'sessions' }
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'file'; readonly id: string; readonly file: string }
  | { readonly kind: 'deed'; readonly id: string; readonly deed: Deed }

/** What a path is about; undefined where it is nothing. */
export function placeOf(path: string): Place | undefined {
  if (path === '/') return { kind: 'page' }
  const [, inSession = '', ofFile] = /^\/sessions\/([\w-]{1,100})\/files\/([\w-]{43})$/.exec(path) ?? []
  if (ofFile !== undefined) return { kind: 'file', id: inSession, file: ofFile }
  const [, all, id, deed] = /^\/(sessions)(?:\/([\w-]{1,100})(?:\/(messages|take|end))?)?$/.exec(path) ?? []
  if (all === undefined) return undefined
  if (id === undefined) return { kind: 'sessions' }
  return deed === undefined ? { kind: 'session', id } : { kind: 'deed', id, deed: deed as Deed }
}
