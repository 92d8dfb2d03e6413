import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Content, piecesOf } from 'plugboard'
import { failureOf, refuse, systemCode } from './failure.ts'
import { fileOf, isKey, isWithin, type LocalFile, unfinishedName } from './place.ts'
import { removeEmptyFolders } from './remove-file.ts'

/** How often a folder is made anew that somebody else removes because it is empty. */
const mostFolders = 10

/** Writes a file beside its place, and moves it there once all of it is on the disk. */
export async function writeFile(
  root: string,
  { key, content }: { key: string; content: Content },
  signal: AbortSignal,
): Promise<LocalFile> {
  if (!isKey(key)) refuse(`'${key}' is how files are called that are being written`, 'key')
  const place = join(root, ...key.split('/'))
  const folder = dirname(place)
  try {
    const { handle, path } = await begun(root, folder)
    try {
      const file = await filled(handle, content, signal)
      signal.throwIfAborted()
      await rename(path, place)
      await settled(folder)
      return fileOf(key, file)
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
  } catch (error) {
    await removeEmptyFolders(root, folder)
    throw failureOf(error, `'${key}' cannot be written`)
  }
}

async function begun(root: string, folder: string): Promise<{ handle: FileHandle; path: string }> {
  for (let attempt = 1; ; attempt += 1) {
    await foldersTo(root, folder)
    const path = join(folder, unfinishedName())
    try {
      return { handle: await open(path, 'wx'), path }
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || attempt === mostFolders) throw error
    }
  }
}

/** Makes the folders from the outside in, and none behind a link. */
async function foldersTo(root: string, folder: string): Promise<void> {
  if (await isWithin(root, folder)) return
  await foldersTo(root, dirname(folder))
  await mkdir(folder).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error
  })
  if (!(await isWithin(root, folder)))
    refuse('a part of the key is a file or a link, and nothing lies beneath it', 'key')
}

async function filled(opened: FileHandle, content: Content, signal: AbortSignal) {
  await using handle = opened
  for await (const piece of piecesOf(content, signal)) await handle.writeFile(piece)
  await handle.sync()
  return await handle.stat()
}

/** Until the folder is on the disk too, a crash could bring back what it held before. */
async function settled(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r')
    await handle.sync()
  } catch (error) {
    // Some systems cannot do this with folders.
    if (!['EISDIR', 'EINVAL', 'EPERM', 'EACCES', 'EBADF'].includes(systemCode(error) ?? '')) throw error
  }
}
