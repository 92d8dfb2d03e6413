import { cursors, IntegrationImplementation, z } from 'plugboard'
import definition from './definition.ts'
import { deleteAndTell } from './deletions.ts'
import { listen } from './listen.ts'
import { demandFolder, filesFrom, itemsIn } from './list-files.ts'
import { pageOf } from './page.ts'
import { type LocalFile, rootOf } from './place.ts'
import { lookAt, readFile } from './read-file.ts'
import { firstLook } from './seen.ts'
import { sweep } from './sweep.ts'
import { writeFile } from './write-file.ts'

/** The name after which a list goes on, so that a cursor holds whatever comes and goes. */
const place = z.tuple([z.string()])

export default new IntegrationImplementation(definition, {
  register: async (props) => {
    await sweep(await rootOf(props.configuration))
    // So that what is changed once the bot has started is told.
    await firstLook(props)
  },
  listen,
  actions: {
    putFile: async ({ input, configuration, signal }) => ({
      file: await writeFile(await rootOf(configuration), input, signal),
    }),
    getFile: async function* ({ input: { key }, configuration, signal }) {
      return yield* readFile(await rootOf(configuration), key, { path: 'key', signal })
    },
    listFiles: async (props) => {
      const { prefix = '', ...page } = props.input
      const { files, nextCursor } = await listed(props, page, prefix)
      return { files, nextCursor }
    },
    deleteFile: async (props) => deleteAndTell(props, props.input.key),
    listItemsInFolder: async ({ input, configuration, signal }) => {
      const id = input.folder?.id ?? ''
      const list = `folder:${id}`
      const root = await rootOf(configuration)
      if (id !== '' || input.folder) await demandFolder(root, id)
      const [after] = cursors.placeOf(list, place, input.cursor) ?? []
      const items = itemsIn(root, id, after)
      const { found, isLast } = await pageOf(items, input.limit, signal)
      const last = found.at(-1)
      return {
        files: found.flatMap((item) => ('file' in item ? [item.file] : [])),
        folders: found.flatMap((item) => ('folder' in item ? [item.folder] : [])),
        nextCursor: isLast || !last ? undefined : cursors.at(list, [last.name]),
      }
    },
    readFile: async function* ({ input: { file }, configuration, signal }) {
      return yield* readFile(await rootOf(configuration), file.id, { path: 'file.id', signal })
    },
    transferFile: async ({ input, configuration, client, signal }) => {
      const stream = readFile(await rootOf(configuration), input.file.id, { path: 'file.id', signal })
      const pieces: Uint8Array[] = []
      let next = await stream.next()
      for (; !next.done; next = await stream.next()) pieces.push(next.value.bytes)
      await client.uploadFile({ key: input.fileKey, content: Buffer.concat(pieces) })
      return { file: next.value.file }
    },
    listItems: async (props) => {
      const { files, nextCursor } = await listed(props, props.input, '')
      return { items: files, nextCursor }
    },
    readItem: async ({ input: { id }, configuration }) => ({
      item: await lookAt(await rootOf(configuration), id, 'id'),
    }),
    deleteItem: async (props) => deleteAndTell(props, props.input.item.id),
  },
})

interface Listing {
  configuration: { folder: string }
  signal: AbortSignal
}

async function listed(
  { configuration, signal }: Listing,
  { cursor, limit }: { cursor?: string | undefined; limit?: number | undefined },
  prefix: string,
): Promise<{ files: LocalFile[]; nextCursor: string | undefined }> {
  const list = `prefix:${prefix}`
  const [after] = cursors.placeOf(list, place, cursor) ?? []
  const { found, isLast } = await pageOf(filesFrom(await rootOf(configuration), { prefix, after }), limit, signal)
  const last = found.at(-1)
  return { files: found, nextCursor: isLast || !last ? undefined : cursors.at(list, [last.key]) }
}
