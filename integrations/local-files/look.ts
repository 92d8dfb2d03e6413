import { deletionsOf, isAbandoned } from './deletions.ts'
import type { LocalFile } from './place.ts'
import type { ListenProps } from './props.ts'
import { everythingIn, type Seen, versionOf } from './seen.ts'

/** How many changes are told, and stored, at once. */
const mostAtOnce = 500

/** What one look leaves for the next one. */
export interface Looked {
  /** The changes that were not told yet, by key: each with the version of the file, or undefined where it is gone. */
  readonly unsettled: ReadonlyMap<string, string | undefined>
  /** The folders that there are, by their paths. */
  readonly folders: readonly string[]
}

/**
 * Compares the folder with what was seen of it, and tells of the differences, with what is seen then in one transaction. A change
 * is told once two looks have found the same: until then somebody may be writing, or putting another file in its place.
 */
export async function look(props: ListenProps, root: string, seen: Seen, before?: Looked): Promise<Looked> {
  const { client, signal } = props
  // Told of before the look: what is there all the same was created since.
  const earlier = (await deletionsOf(client)).filter((deletion) => deletion.isTold || isAbandoned(deletion))
  for (const { key, isTold } of earlier) if (isTold) seen.delete(key)
  const { files, folders } = await everythingIn(root, signal)
  // Read afterwards: whoever deletes makes a mark first, so there is one for each file that the bot has taken away.
  const going = (await deletionsOf(client)).filter((deletion) => !isAbandoned(deletion))
  const changes = differencesOf(seen, files, new Set(going.map(({ key }) => key)))
  const settled = [...changes].filter(
    ([key, version]) => before?.unsettled.has(key) === true && before.unsettled.get(key) === version,
  )
  const present = new Map(files.map((file) => [file.key, file]))
  const over = Object.fromEntries(earlier.map(({ id }) => [id, undefined]))
  if (earlier.length > 0) await tell(props, { root, seen, over, changes: [] })
  for (let at = 0; at < settled.length; at += mostAtOnce) {
    const keys = settled.slice(at, at + mostAtOnce).map(([key]) => key)
    await tell(props, { root, seen, over: {}, changes: keys.map((key) => ({ key, file: present.get(key) })) })
  }
  for (const [key] of settled) changes.delete(key)
  return { unsettled: changes, folders }
}

function differencesOf(seen: Seen, files: readonly LocalFile[], going: ReadonlySet<string>) {
  const changes = new Map<string, string | undefined>()
  const gone = new Set(seen.keys())
  for (const file of files) {
    gone.delete(file.key)
    const version = versionOf(file)
    if (seen.get(file.key) !== version) changes.set(file.key, version)
  }
  for (const key of gone) if (!going.has(key)) changes.set(key, undefined)
  return changes
}

interface Telling {
  root: string
  seen: Seen
  /** The marks of deletions that are not needed any more. */
  over: Record<string, undefined>
  changes: readonly { key: string; file: LocalFile | undefined }[]
}

async function tell({ deliver }: ListenProps, { root, seen, over, changes }: Telling): Promise<void> {
  await deliver(undefined, async ({ client }) => {
    for (const { key, file } of changes) {
      if (file) {
        await client.createEvent({ type: seen.has(key) ? 'fileUpdated' : 'fileCreated', payload: { file } })
        seen.set(key, versionOf(file))
      } else {
        await client.createEvent({ type: 'itemDeleted', payload: { id: key } })
        await client.createEvent({ type: 'fileDeleted', payload: { id: key } })
        seen.delete(key)
      }
    }
    await client.setState({ name: 'seen', payload: { folder: root, files: [...seen] } })
    if (Object.keys(over).length > 0) await client.patchState({ name: 'deletions', payload: over })
  })
}
