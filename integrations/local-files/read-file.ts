import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { PlugboardError } from 'plugboard'
import { failureOf, refuse, systemCode } from './failure.ts'
import { absent, fileOf, type LocalFile, placeOf } from './place.ts'

const pieceSize = 65_536
/** A link is not followed, and a pipe not waited for. Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** A file piece by piece, as it was when it was opened: another one that takes its place changes nothing. */
export async function* readFile(
  root: string,
  key: string,
  { path, signal }: { path: string; signal: AbortSignal },
): AsyncGenerator<{ bytes: Uint8Array }, { file: LocalFile }, void> {
  await using handle = await opened(root, key, path)
  const before = await handle.stat()
  for (let at = 0; ;) {
    signal.throwIfAborted()
    const piece = new Uint8Array(pieceSize)
    const { bytesRead } = await handle.read(piece, 0, pieceSize, at).catch((error: unknown) => {
      throw failureOf(error, `'${key}' cannot be read`)
    })
    signal.throwIfAborted()
    if (bytesRead === 0) break
    at += bytesRead
    yield { bytes: piece.subarray(0, bytesRead) }
  }
  const after = await handle.stat()
  if (before.size === after.size && before.mtimeMs === after.mtimeMs) return { file: fileOf(key, after) }
  // Not by this package, which never writes into a file that has its name.
  throw new PlugboardError({
    code: 'vendor_unavailable',
    message: `'${key}' was changed by another program while it was read`,
    retryable: true,
  })
}

/** A file as it is now, without its bytes. */
export async function lookAt(root: string, key: string, path: string): Promise<LocalFile> {
  await using handle = await opened(root, key, path)
  return fileOf(key, await handle.stat())
}

async function opened(root: string, key: string, path: string): Promise<FileHandle> {
  let handle: FileHandle | undefined
  try {
    const place = await placeOf(root, key)
    handle = place === undefined ? undefined : await open(place, flags)
    if (handle && (await handle.stat()).isFile()) return handle
    await handle?.close()
  } catch (error) {
    await handle?.close()
    if (!absent.has(systemCode(error) ?? '')) throw failureOf(error, `'${key}' cannot be read`)
  }
  return refuse(`there is no file '${key}'`, path)
}
