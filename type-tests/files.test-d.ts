import { expectTypeOf } from 'expect-type'
import {
  BotDefinition,
  BotImplementation,
  IntegrationDefinition,
  IntegrationImplementation,
  type Page,
  type PlatformFile,
  type StoredFile,
} from 'plugboard'

// Every client has files, the same for all.
new BotImplementation(new BotDefinition()).on.message('*', async ({ client }) => {
  expectTypeOf(await client.uploadFile({ key: 'a', content: 'text', tags: { of: undefined } })).toEqualTypeOf<{
    file: StoredFile
  }>()
  await client.uploadFile({ key: 'a', content: new Uint8Array(), contentType: 'image/png' })
  expectTypeOf(await client.readFile({ key: 'a' })).toEqualTypeOf<{ file: StoredFile; content: Uint8Array }>()
  expectTypeOf(client.getFile).returns.resolves.toEqualTypeOf<{ file: StoredFile }>()
  expectTypeOf(client.listFiles).returns.resolves.toEqualTypeOf<Page<StoredFile>>()
  expectTypeOf(await client.deleteFile({ key: 'a' })).toEqualTypeOf<void>()
})
// An integration gives those of its platform as well.
new IntegrationImplementation(new IntegrationDefinition({ name: 'plain', secrets: { KEY: {} } }), {
  files: {
    secret: ({ ctx }) => {
      expectTypeOf(ctx.secrets).toEqualTypeOf<{ readonly KEY: string }>()
      return ctx.secrets.KEY
    },
    read: async ({ file, signal }) => {
      expectTypeOf(file).toEqualTypeOf<PlatformFile>()
      return (await fetch(file.id, { signal })).body
    },
  },
  register: async ({ client }) => {
    expectTypeOf(client.uploadFile).parameter(0).toHaveProperty('content').toEqualTypeOf<string | Uint8Array>()
    expectTypeOf(client.readFile).parameter(0).toEqualTypeOf<{ key: string }>()
    expectTypeOf(client.fileAddress).returns.toEqualTypeOf<string>()
    expectTypeOf(client.fileAt('')).toEqualTypeOf<PlatformFile | undefined>()
  },
})
