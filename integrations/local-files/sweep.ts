import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { failureOf, systemCode } from './failure.ts'
import { absent, isUnfinished } from './place.ts'

/** Milliseconds after which nobody is writing any more. */
const longestWrite = 86_400_000

/** Removes what a process that died had begun to write. */
export async function sweep(folder: string): Promise<void> {
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) await sweep(path)
      else if (entry.isFile() && isUnfinished(entry.name)) {
        const { mtimeMs } = await lstat(path)
        if (Date.now() - mtimeMs > longestWrite) await rm(path, { force: true })
      }
    }
  } catch (error) {
    if (!absent.has(systemCode(error) ?? '')) throw failureOf(error, 'the folder cannot be looked through')
  }
}
