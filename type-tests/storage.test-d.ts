import { expectTypeOf } from 'expect-type'
import {
  type ActionStream,
  type Content,
  IntegrationDefinition,
  IntegrationImplementation,
  need,
  PluginDefinition,
  PluginImplementation,
  z,
} from 'plugboard'
import filesReadonly from 'plugboard/interfaces/files-readonly'
import storage from 'plugboard/interfaces/storage'

// One integration, both interfaces of files, by entities of its own.
const disk = new IntegrationDefinition({
  name: 'disk',
  entities: {
    object: {
      schema: z.object({
        key: z.string(),
        size: z.number().int().nonnegative(),
        contentType: z.string().optional(),
        updatedAt: z.string().optional(),
        mode: z.number(),
      }),
    },
    file: {
      schema: z.object({
        id: z.string(),
        name: z.string(),
        size: z.number().int().nonnegative().optional(),
        contentType: z.string().optional(),
        updatedAt: z.string().optional(),
        contentHash: z.string().optional(),
      }),
    },
    folder: { schema: z.object({ id: z.string(), name: z.string() }) },
  },
})
  .extend(storage, ({ entities }) => ({ entities: { file: entities.object }, capabilities: ['signedUrl'] }))
  .extend(filesReadonly, ({ entities }) => ({ entities: { file: entities.file, folder: entities.folder } }))
type Actions = (typeof disk.$types)['actions']
type Stored = {
  key: string
  size: number
  contentType?: string | undefined
  updatedAt?: string | undefined
  mode: number
}
expectTypeOf<keyof Actions>().toEqualTypeOf<
  | 'putFile'
  | 'getFile'
  | 'listFiles'
  | 'deleteFile'
  | 'createSignedUrl'
  | 'listItemsInFolder'
  | 'readFile'
  | 'transferFile'
>()
expectTypeOf<Actions['putFile']['parsed']>().toEqualTypeOf<{
  key: string
  content: Content
  contentType?: string | undefined
}>()
expectTypeOf<Content>().toEqualTypeOf<Uint8Array | (() => AsyncIterable<Uint8Array>)>()
expectTypeOf<Actions['getFile']['item']['parsed']>().toEqualTypeOf<{ bytes: Uint8Array }>()
expectTypeOf<Actions['getFile']['output']>().toEqualTypeOf<{ file: Stored }>()
expectTypeOf<Actions['listFiles']['output']>().toEqualTypeOf<{ files: Stored[]; nextCursor?: string | undefined }>()
expectTypeOf<Actions['readFile']['item']['parsed']>().toEqualTypeOf<{ bytes: Uint8Array }>()
expectTypeOf<(typeof disk.$types)['events']['fileDeleted']['parsed']>().toEqualTypeOf<{ id: string }>()

const stored = (key: string): Stored => ({ key, size: 1, mode: 0o644 })
const file = { id: '1', name: 'a' }
new IntegrationImplementation(disk, {
  actions: {
    putFile: async ({ input: { key, content } }) => {
      if (typeof content === 'function') for await (const bytes of content()) expectTypeOf(bytes).toExtend<Uint8Array>()
      else expectTypeOf(content).toEqualTypeOf<Uint8Array>()
      return { file: stored(key) }
    },
    getFile: async function* ({ input: { key } }) {
      yield { bytes: Buffer.from('a') }
      return { file: stored(key) }
    },
    listFiles: async () => ({ files: [stored('a')] }),
    deleteFile: async () => ({}),
    createSignedUrl: async () => ({ url: 'https://example.com', expiresAt: '2026-01-01T00:00:00Z' }),
    listItemsInFolder: async ({ input }) => ({ files: [file], folders: input.folder ? [input.folder] : [] }),
    readFile: async function* () {
      yield { bytes: new Uint8Array(1) }
      return { file }
    },
    transferFile: async ({ input, client }) => {
      await client.uploadFile({ key: input.fileKey, content: new Uint8Array(1) })
      return { file: input.file }
    },
  },
})

const archive = new PluginDefinition({
  name: 'archive',
  interfaces: { files: storage, shared: need(storage, { capabilities: ['signedUrl'] }), source: filesReadonly },
})
new PluginImplementation(archive).on.message('text', async ({ interfaces }) => {
  const blob = new Blob(['a'])
  await interfaces.files.putFile({ key: 'a', content: () => blob.stream() })
  for await (const item of interfaces.files.getFile({ key: 'a' }))
    expectTypeOf(item).toEqualTypeOf<{ bytes: Uint8Array }>()
  const { file: kept } = await interfaces.files.getFile({ key: 'a' }).output()
  expectTypeOf(kept.size).toEqualTypeOf<number>()
  expectTypeOf(interfaces.files.getFile({ key: 'a' })).toExtend<ActionStream<{ bytes: Uint8Array }, unknown>>()
  await interfaces.files.putFile({ key: 'a', content: new TextEncoder().encode('text') })
  // @ts-expect-error text is no bytes
  await interfaces.files.putFile({ key: 'a', content: 'text' })
  // @ts-expect-error a stream that is open already cannot be opened anew
  await interfaces.files.putFile({ key: 'a', content: blob.stream() })
  // @ts-expect-error the capability is not demanded
  await interfaces.files.createSignedUrl({ key: 'a' })
  expectTypeOf((await interfaces.shared.createSignedUrl({ key: 'a' })).url).toEqualTypeOf<string>()

  const { files, folders } = await interfaces.source.listItemsInFolder({})
  for (const folder of folders) await interfaces.source.listItemsInFolder({ folder, limit: 10 })
  for (const one of files) await interfaces.source.transferFile({ file: one, fileKey: one.name })
  // @ts-expect-error a file is not made up
  await interfaces.source.transferFile({ file: { id: '1', name: 'a' }, fileKey: 'a' })
})
