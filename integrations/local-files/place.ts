import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { PlugboardError } from 'plugboard'
import { key as keySchema } from 'plugboard/interfaces/storage'
import { failureOf, systemCode } from './failure.ts'

/** How files are called while they are written. They are never listed, and no key is one. */
const unfinished = /(?:^|\/)\.plugboard-[0-9a-f-]{36}\.part(?:\/|$)/

/** What a file is called while it is written: beside its place, so that it can be moved there at once. */
export const unfinishedName = (): string => `.plugboard-${crypto.randomUUID()}.part`

/** Whether a name is that of a file while it is written. */
export const isUnfinished = (name: string): boolean => unfinished.test(name)

/** Whether a path beneath the folder is that of a file, and not of one that is being written. */
export const isKey = (path: string): boolean => keySchema.safeParse(path).success && !isUnfinished(path)

/** The folder itself, wherever links lead to it. */
export async function rootOf({ folder }: { folder: string }): Promise<string> {
  try {
    const root = await realpath(folder)
    if ((await lstat(root)).isDirectory()) return root
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw failureOf(error, 'the folder cannot be opened')
  }
  throw new PlugboardError({
    code: 'vendor_unavailable',
    message: `there is no folder '${folder}': make it, or see that its disk is there`,
    retryable: true,
    where: { path: 'folder' },
  })
}

/**
 * Where a key is. Links beneath the folder are not followed, so that no key leads out of it.
 * @returns undefined where nothing can be: a folder of the key is not there, or is a link or a file.
 */
export async function placeOf(root: string, key: string): Promise<string | undefined> {
  if (!isKey(key)) return undefined
  const place = join(root, ...key.split('/'))
  return (await isWithin(root, dirname(place))) ? place : undefined
}

/** Whether a folder is where its path says, without links on the way. */
export async function isWithin(root: string, folder: string): Promise<boolean> {
  try {
    return folder === root || ((await realpath(folder)) === folder && (await lstat(folder)).isDirectory())
  } catch (error) {
    if (absent.has(systemCode(error) ?? '')) return false
    throw error
  }
}

/** Codes that say that there is nothing at a path, and that nothing can be. */
export const absent: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'])

/** What a file looks like from outside. */
export function fileOf(key: string, { size, mtime }: { size: number; mtime: Date }): LocalFile {
  return { id: key, key, name: basename(key), size, updatedAt: mtime.toISOString() }
}
export interface LocalFile {
  id: string
  key: string
  name: string
  size: number
  updatedAt: string
}
