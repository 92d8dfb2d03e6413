import { lstat, rmdir, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { failureOf, systemCode } from './failure.ts'
import { absent, placeOf } from './place.ts'

/** Deletes a file, and the folders that are empty then. Gives whether there was one. */
export async function removeFile(root: string, key: string): Promise<boolean> {
  try {
    const place = await placeOf(root, key)
    // Links and folders are no files, and stay.
    if (place === undefined || !(await lstat(place)).isFile()) return false
    await unlink(place)
    await removeEmptyFolders(root, dirname(place))
    return true
  } catch (error) {
    if (absent.has(systemCode(error) ?? '')) return false
    throw failureOf(error, `'${key}' cannot be deleted`)
  }
}

/** Keys make folders, so they are gone with the last key. */
export async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  for (let path = folder; path.startsWith(root) && path !== root; path = dirname(path)) {
    try {
      await rmdir(path)
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') return
    }
  }
}
