import { IntegrationImplementation } from 'plugboard'
import { type Call, close } from './connection.ts'
import definition from './definition.ts'
import { listFiles, listFolder, lookAtBucket } from './list-files.ts'
import { lookAt, readFile } from './read-file.ts'
import { removeFile } from './remove-file.ts'
import { signUrl } from './sign-url.ts'
import { writeFile } from './write-file.ts'

export default new IntegrationImplementation(definition, {
  register: lookAtBucket,
  stop: close,
  actions: {
    putFile: async (props) => ({ file: await writeFile(props, props.input) }),
    getFile: async function* (props) {
      return yield* readFile(props, props.input.key, 'key')
    },
    listFiles: async (props) => listFiles(props, props.input),
    deleteFile: async (props) => remove(props, props.input.key, 'key'),
    createSignedUrl: async (props) => signUrl(props, props.input),
    listItemsInFolder: async (props) => listFolder(props, props.input.folder, props.input),
    readFile: async function* (props) {
      return yield* readFile(props, props.input.file.id, 'file.id')
    },
    transferFile: async (props) => {
      const { file, fileKey } = props.input
      const stream = readFile(props, file.id, 'file.id')
      const pieces: Uint8Array[] = []
      let next = await stream.next()
      for (; !next.done; next = await stream.next()) pieces.push(next.value.bytes)
      const { contentType } = next.value.file
      await props.client.uploadFile({ key: fileKey, content: Buffer.concat(pieces), contentType })
      return { file: next.value.file }
    },
    listItems: async (props) => {
      const { files, ...page } = await listFiles(props, props.input)
      return { items: files, ...page }
    },
    readItem: async (props) => ({ item: await lookAt(props, props.input.id, 'id') }),
    deleteItem: async (props) => remove(props, props.input.item.id, 'item.id'),
  },
})

interface Removing extends Call {
  readonly client: { createEvent(event: { type: 'itemDeleted'; payload: { id: string } }): Promise<unknown> }
}

async function remove(call: Removing, key: string, path: string): Promise<Record<string, never>> {
  if (await removeFile(call, key, path)) await call.client.createEvent({ type: 'itemDeleted', payload: { id: key } })
  return {}
}
