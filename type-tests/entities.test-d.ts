import { expectTypeOf } from 'expect-type'
import { InterfaceDefinition, need, PluginDefinition, PluginImplementation, z } from 'plugboard'
import { deletable, listable, llm } from './fixtures/interfaces.ts'

const files = new InterfaceDefinition({
  name: 'files',
  version: '1.0.0',
  entities: {
    file: { schema: z.object({ path: z.string(), size: z.number().optional(), tags: z.array(z.string()) }) },
    folder: { schema: z.object({ path: z.string() }) },
  },
  actions: {
    open: {
      input: {
        schema: ({ file, folder }) => z.object({ file, among: z.array(file).default([]), in: folder.optional() }),
      },
      output: {
        schema: ({ file, folder }) =>
          z.object({
            file,
            maybe: file.optional(),
            nullable: file.nullable(),
            list: z.array(file),
            byName: z.record(z.string(), file),
            pair: z.tuple([file, folder]),
            either: z.union([file, folder]),
            kept: z.map(file, z.array(folder)),
            all: z.set(file).readonly(),
            deep: z.object({ list: z.array(z.object({ folder: folder.nullish() })) }),
          }),
      },
    },
  },
  events: {
    changed: { schema: ({ file }) => z.object({ file, before: file.nullable(), at: z.coerce.date<string>() }) },
  },
})
const plugin = new PluginDefinition({
  name: 'archivist',
  interfaces: { files, other: files, items: need([listable, deletable], { share: 'item' }) },
  configuration: { schema: ({ entities }) => z.object({ home: entities.files.folder }) },
  actions: {
    keep: {
      input: { schema: ({ entities }) => z.object({ file: entities.files.file, name: z.string().default('kept') }) },
      output: { schema: ({ entities }) => z.object({ kept: z.array(entities.files.file) }) },
    },
  },
  events: { kept: { schema: ({ entities }) => z.object({ file: entities.files.file }) } },
})

const archivist = new PluginImplementation(plugin, {
  actions: {
    // Handed in as an entity, given back as one.
    keep: async ({ input, configuration, interfaces, client }) => {
      expectTypeOf(input.file).toEqualTypeOf<File>()
      expectTypeOf(input.name).toEqualTypeOf<string>()
      expectTypeOf(configuration).toEqualTypeOf<{ home: Folder }>()
      const { file } = await interfaces.files.open({ file: input.file, in: configuration.home })
      await client.createEvent({ type: 'kept', payload: { file } })
      return { kept: [file, input.file] }
    },
  },
})
type Handler = Parameters<typeof archivist.handlers.actions.keep>[0]
type Files = Handler['interfaces']['files']
type File = ReturnType<Files['entities']['file']['parse']>
type Folder = ReturnType<Files['entities']['folder']['parse']>

// The fields of the interface can be read, and not more.
expectTypeOf<keyof File>().toEqualTypeOf<'path' | 'size' | 'tags'>()
expectTypeOf<Pick<File, keyof File>>().toEqualTypeOf<{
  readonly path: string
  readonly size?: number | undefined
  readonly tags: string[]
}>()
expectTypeOf<Folder['path']>().toEqualTypeOf<string>()

// Each need and each entity has a type of its own.
expectTypeOf<Handler['interfaces']['other']['entities']['file']['parse']>().returns.not.toEqualTypeOf<File>()
expectTypeOf<File>().not.toExtend<Folder>()
expectTypeOf<{ path: string; tags: string[] }>().not.toExtend<File>()
expectTypeOf<File>().toExtend<{ readonly path: string }>()

// Outside data becomes an entity by parsing.
expectTypeOf<Files['entities']['file']['parse']>().parameter(0).toEqualTypeOf<unknown>()
expectTypeOf<Files['entities']['file']['safeParse']>().returns.toEqualTypeOf<File | undefined>()
expectTypeOf<keyof Files['entities']>().toEqualTypeOf<'file' | 'folder'>()

// Entities are found in every place that a schema can have.
type Opened = Awaited<ReturnType<Files['open']>>
expectTypeOf<Opened['file']>().toEqualTypeOf<File>()
expectTypeOf<Opened['maybe']>().toEqualTypeOf<File | undefined>()
expectTypeOf<Opened['nullable']>().toEqualTypeOf<File | null>()
expectTypeOf<Opened['list']>().toEqualTypeOf<File[]>()
expectTypeOf<Opened['byName']>().toEqualTypeOf<Record<string, File>>()
expectTypeOf<Opened['pair']>().toEqualTypeOf<[File, Folder]>()
expectTypeOf<Opened['either']>().toEqualTypeOf<File | Folder>()
expectTypeOf<Opened['kept']>().toEqualTypeOf<Map<File, Folder[]>>()
expectTypeOf<Opened['all']>().toEqualTypeOf<ReadonlySet<File>>()
expectTypeOf<Opened['deep']>().toEqualTypeOf<{ list: { folder?: Folder | null | undefined }[] }>()

// What is sent may leave out what has a default.
expectTypeOf<Parameters<Files['open']>[0]>().toEqualTypeOf<{
  file: File
  in?: Folder | undefined
  among?: File[] | undefined
}>()

// Events of a need carry its entities.
archivist.on.event('files:changed', async ({ event, interfaces }) => {
  expectTypeOf(event.type).toEqualTypeOf<'files:changed'>()
  expectTypeOf(event.payload).toEqualTypeOf<{ file: File; before: File | null; at: Date }>()
  await interfaces.files.open({ file: event.payload.before ?? event.payload.file })
})
archivist.on.event('other:changed', async ({ event, interfaces }) => {
  expectTypeOf(event.payload.file).not.toEqualTypeOf<File>()
  expectTypeOf(interfaces.other.open).toBeCallableWith({ file: event.payload.file })
})
archivist.on.event('items:deleted', async ({ event, interfaces }) => {
  expectTypeOf(interfaces.items.delete).toBeCallableWith({ item: event.payload.item })
})
archivist.on.event('kept', async ({ event }) => {
  expectTypeOf(event.payload).toEqualTypeOf<{ file: File }>()
})

// The types of a plugin name its entities by need: what another plugin calls the same is another type.
const reader = new PluginDefinition({
  name: 'reader',
  interfaces: { llm },
  states: {
    chosen: { type: 'user', schema: ({ entities }) => z.object({ model: entities.llm.model.nullable() }) },
  },
})
new PluginImplementation(reader).on.message('text', async ({ client, interfaces, user }) => {
  const { models } = await interfaces.llm.listModels({})
  type Model = (typeof models)[number]
  const { state } = await client.getState({ name: 'chosen', id: user.id })
  expectTypeOf(state?.payload.model).toEqualTypeOf<Model | null | undefined>()
  await client.setState({ name: 'chosen', id: user.id, payload: { model: models[0] ?? null } })
  const answer = await interfaces.llm.generate({ prompt: 'a', model: state?.payload.model ?? models[0] })
  expectTypeOf(answer).toEqualTypeOf<{ model: Model; text: string }>()
})
