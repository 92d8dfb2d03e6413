import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { failureOf, refuse, systemCode } from './failure.ts'
import { absent, fileOf, isKey, isWithin, type LocalFile } from './place.ts'

/** A file, or a folder by its path with a slash at its end. */
export type Found = { name: string; file: LocalFile } | { name: string; folder: { id: string; name: string } }

/** The files whose keys begin with a prefix, in the order of their keys, after one of them. */
export async function* filesFrom(
  root: string,
  { prefix = '', after = '' }: { prefix?: string | undefined; after?: string | undefined },
  folder = '',
): AsyncGenerator<LocalFile> {
  for await (const found of itemsIn(root, folder)) {
    if ('file' in found) {
      const { key } = found.file
      if (key.startsWith(prefix) && key > after) yield found.file
      continue
    }
    const beneath = `${found.folder.id}/`
    const mayHold = beneath.startsWith(prefix) || prefix.startsWith(beneath)
    if (mayHold && (beneath > after || after.startsWith(beneath)))
      yield* filesFrom(root, { prefix, after }, found.folder.id)
  }
}

/** Gives the files and folders directly in a folder, in the order in which the keys beneath them stand. */
export async function* itemsIn(root: string, folder: string, after = ''): AsyncGenerator<Found> {
  const path = join(root, ...folder.split('/'))
  const entries = (await entriesOf(root, path)) ?? []
  const named = entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => ({ entry, name: entry.isDirectory() ? `${entry.name}/` : entry.name }))
    .filter(({ name }) => name > after)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  for (const { entry, name } of named) {
    const key = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (!isKey(key)) continue
    if (entry.isDirectory()) {
      yield { name, folder: { id: key, name: entry.name } }
      continue
    }
    const stats = await lstat(join(path, entry.name)).catch((error: unknown) => {
      if (!absent.has(systemCode(error) ?? '')) throw failureOf(error, `'${key}' cannot be looked at`)
    })
    // It may have gone meanwhile, or have become a link.
    if (stats?.isFile()) yield { name, file: fileOf(key, stats) }
  }
}

/** Refuses a folder that is not there. */
export async function demandFolder(root: string, id: string): Promise<void> {
  if (!isKey(id) || !(await isWithin(root, join(root, ...id.split('/')))))
    refuse(`there is no folder '${id}'`, 'folder')
}

async function entriesOf(root: string, path: string) {
  try {
    return (await isWithin(root, path)) ? await readdir(path, { withFileTypes: true }) : undefined
  } catch (error) {
    if (absent.has(systemCode(error) ?? '')) return undefined
    throw failureOf(error, 'a folder cannot be listed')
  }
}
