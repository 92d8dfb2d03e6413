import { rootOf } from './place.ts'
import type { LocalFilesProps } from './props.ts'
import { removeFile } from './remove-file.ts'

type Store = Pick<LocalFilesProps['client'], 'getState'>

/** What is told when the bot has deleted a file, so that the folder is looked through at once. */
export const deleted = 'deleted'
/** Milliseconds after which whoever deletes and has not told of it is taken for dead. */
const longestDeletion = 60_000

/** A deletion by the bot, which tells of it by itself. */
export interface Deletion {
  id: string
  key: string
  /** Milliseconds since 1970. */
  at: number
  isTold: boolean
}

/** Deletes a file and tells of it, where there was one. Whoever looks through the folder meanwhile knows by a mark not to. */
export async function deleteAndTell(
  { client, configuration }: Pick<LocalFilesProps, 'client' | 'configuration'>,
  key: string,
): Promise<Record<string, never>> {
  const id = crypto.randomUUID()
  const at = Date.now()
  const mark = (isTold: boolean) => client.patchState({ name: 'deletions', payload: { [id]: { key, at, isTold } } })
  const unmark = () => client.patchState({ name: 'deletions', payload: { [id]: undefined } })
  const root = await rootOf(configuration)
  await mark(false)
  // Of several that delete it at once, the system lets one do it.
  const isGone = await removeFile(root, key).catch(async (error: unknown) => {
    await unmark()
    throw error
  })
  if (!isGone) {
    await unmark()
    return {}
  }
  await client.createEvent({ type: 'itemDeleted', payload: { id: key } })
  await client.createEvent({ type: 'fileDeleted', payload: { id: key } })
  await mark(true)
  await client.publish({ topic: deleted, data: null })
  return {}
}

/** What the bot deletes, until the folder was looked through. */
export async function deletionsOf(client: Store): Promise<Deletion[]> {
  const { state } = await client.getState({ name: 'deletions' })
  return Object.entries(state?.payload ?? {}).flatMap(([id, deletion]) => (deletion ? [{ id, ...deletion }] : []))
}

/** Whether nobody will tell of a deletion any more. */
export const isAbandoned = ({ isTold, at }: Deletion): boolean => !isTold && Date.now() - at > longestDeletion
