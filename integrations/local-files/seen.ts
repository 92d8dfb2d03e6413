import { itemsIn } from './list-files.ts'
import { type LocalFile, rootOf } from './place.ts'
import type { LocalFilesProps } from './props.ts'

/** By key, the version of each file that was there at first, or was told of since. */
export type Seen = Map<string, string>

/** Differs if the bytes do, as far as can be seen without reading them. */
export const versionOf = ({ size, updatedAt }: LocalFile): string => `${size} ${updatedAt}`

/** What was seen of the folder. Where that is nothing, or another folder, all that is in it now, of which nothing is told. */
export async function firstLook({
  client,
  configuration,
  signal,
}: Pick<LocalFilesProps, 'client' | 'configuration' | 'signal'>): Promise<Seen> {
  const folder = await rootOf(configuration)
  const { state } = await client.getState({ name: 'seen' })
  if (state?.payload.folder === folder) return new Map(state.payload.files)
  const { files } = await everythingIn(folder, signal)
  const seen: Seen = new Map(files.map((file) => [file.key, versionOf(file)]))
  await client.setState({ name: 'deletions', payload: {} })
  await client.setState({ name: 'seen', payload: { folder, files: [...seen] } })
  return seen
}

/** Every file and folder beneath the folder, the folders by their paths. */
export async function everythingIn(
  root: string,
  signal: AbortSignal,
): Promise<{ files: LocalFile[]; folders: string[] }> {
  const files: LocalFile[] = []
  const folders = ['']
  for (const folder of folders) {
    for await (const found of itemsIn(root, folder)) {
      signal.throwIfAborted()
      if ('file' in found) files.push(found.file)
      // Whatever is added is met by the loop in its turn.
      else folders.push(found.folder.id)
    }
  }
  return { files, folders }
}
