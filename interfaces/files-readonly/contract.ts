import filesReadonly from 'plugboard/interfaces/files-readonly'
import { defineContract, demand, demandEqual, demandRefusal, type ScenarioContext, skip } from 'plugboard/testing'

type Context = ScenarioContext<(typeof filesReadonly)['$types']>
type Page = Awaited<ReturnType<Context['provider']['listItemsInFolder']>>
type File = Page['files'][number]
type Folder = Page['folders'][number]

/** A page that has no end: more pages than any test lists. */
const mostPages = 1000
/** With fewer files and folders there is nothing to tell pages apart by. */
const fewestItems = 3

/** What whoever shows files promises. It needs at least three of them, one in a folder: an integration's test brings them about. */
export default defineContract(filesReadonly, {
  acts: {
    createFile: 'somebody puts a file with the text there, and the platform has told of it',
    changeFile: 'somebody changes the file to the text, and the platform has told of it',
    deleteFile: 'somebody deletes the file, and the platform has told of it',
  },
  samples: {
    listItemsInFolder: {},
    readFile: async (context) => ({ file: await anyFile(context) }),
    transferFile: async (context) => ({ file: await anyFile(context), fileKey: 'plugboard-contract/copy' }),
  },
  scenarios: [
    {
      name: 'meets-everything-once',
      title: 'whoever follows the cursors of a folder meets what is in it once, whatever the size of the pages',
      async run(context) {
        for (const folder of [undefined, ...(await everything(context)).folders]) {
          const all = idsOf(await pagesOf(context, folder))
          for (const limit of [1, 2]) {
            const pages = await pagesOf(context, folder, limit)
            demandEqual(idsOf(pages), all, `what is met by pages of ${limit}`)
            const longest = Math.max(...pages.map(({ files, folders }) => files.length + folders.length))
            demand(longest <= limit, `a page of at most ${limit} holds ${longest} files and folders`)
          }
        }
      },
    },
    {
      name: 'leads-to-every-file',
      title: 'folders lead to files, each of them once, and never in a circle',
      async run(context) {
        const { files, folders } = await everything(context)
        demand(folders.length > 0 || files.length > 0, 'there is neither file nor folder')
        demandEqual(new Set(files.map(({ id }) => id)).size, files.length, 'the number of different files')
      },
    },
    {
      name: 'reads-whole-files',
      title: 'as many bytes are read as the file has, and the same each time',
      async run(context) {
        for (const file of (await everything(context)).files.slice(0, 5)) {
          const first = await read(context, file)
          demandEqual(first.file.id, file.id, 'the id of the file that was read')
          if (first.file.size !== undefined) demandEqual(first.bytes.length, first.file.size, 'the number of bytes')
          const again = await read(context, file)
          demand(Buffer.compare(first.bytes, again.bytes) === 0, `'${file.name}' has other bytes the second time`)
        }
      },
    },
    {
      name: 'reads-by-the-id',
      title: 'a file is found by its id alone, whatever it was called',
      async run(context) {
        const file = await anyFile(context)
        const { bytes } = await read(context, file)
        const renamed = await read(context, fileFrom(context, file, { name: 'called otherwise' }))
        demandEqual(renamed.file.name, file.name, 'the name of the file that was read')
        demand(Buffer.compare(renamed.bytes, bytes) === 0, 'by another name other bytes are read')
      },
    },
    {
      name: 'reading-is-not-cut-short',
      title: 'a read that is aborted fails, and never ends as if it were done',
      async run(context) {
        const file = await anyFile(context)
        const control = new AbortController()
        const stream = context.provider.readFile({ file }, { signal: control.signal })
        await demandRefusal('aborted', async () => {
          for await (const _ of stream) control.abort()
          return stream.output()
        })
      },
    },
    {
      name: 'refuses-what-is-not-there',
      title: 'a file or folder that is not there is refused',
      async run(context) {
        const { files, folders } = await everything(context)
        const [file] = files
        const id = 'nothing-has-this-id'
        if (!file) skip('there is no file')
        await demandRefusal('vendor_refused', () => read(context, fileFrom(context, file, { id })))
        const [folder] = folders
        if (!folder) skip('there is no folder')
        await demandRefusal('vendor_refused', () =>
          context.provider.listItemsInFolder({
            folder: context.provider.entities.folder.parse({ ...(folder as object), id }),
          }),
        )
      },
    },
    {
      name: 'refuses-unknown-cursor',
      title: 'a cursor that no page gave is refused',
      async run({ provider }) {
        const cursor = 'no page has ever given this cursor'
        await demandRefusal('vendor_refused', () => provider.listItemsInFolder({ cursor }))
      },
    },
    {
      name: 'transfers',
      title: 'a file is copied into the files of the bot, and once more in the place of its copy',
      async run({ provider, sample }) {
        const input = await sample('transferFile')
        for (const _ of ['first', 'again']) {
          const { file } = await provider.transferFile(input)
          demandEqual(file.id, input.file.id, 'the id of the file that was copied')
        }
      },
    },
    {
      name: 'tells-of-changes',
      title: 'a file that somebody puts there, changes and deletes is told once each time, and is as it was told',
      capabilities: ['changes'],
      async run(context) {
        const told = ({ file }: { file: object }) => fileFrom(context, file, {})
        const created = await heardOf(context, 'fileCreated', () => context.act('createFile', { text: 'as it was' }))
        demandEqual(String((await read(context, told(created))).bytes), 'as it was', 'what the file holds at first')
        const changing = () => context.act('changeFile', { entity: created.file, text: 'as it is by now' })
        const updated = await heardOf(context, 'fileUpdated', changing)
        demandEqual(updated.file.id, created.file.id, 'the id of the file that fileUpdated tells of')
        demandEqual(String((await read(context, told(updated))).bytes), 'as it is by now', 'what the file holds then')
        const deleting = () => context.act('deleteFile', { entity: updated.file })
        const deleted = await heardOf(context, 'fileDeleted', deleting)
        demandEqual(deleted.id, created.file.id, 'the id that fileDeleted tells of')
        await demandRefusal('vendor_refused', () => read(context, told(updated)))
      },
    },
  ],
})

const idsOf = (pages: readonly Page[]): string[] =>
  pages
    .flatMap(({ files, folders }) => [
      ...files.map(({ id }) => `file ${id}`),
      ...folders.map(({ id }) => `folder ${id}`),
    ])
    .toSorted()

/** Every page of a folder, the first one first. */
async function pagesOf({ provider }: Context, folder?: Folder, limit?: number): Promise<Page[]> {
  const pages: Page[] = []
  let cursor: string | undefined
  do {
    const page = await provider.listItemsInFolder({ folder, cursor, limit })
    pages.push(page)
    cursor = page.nextCursor
    demand(pages.length <= mostPages, `after ${mostPages} pages there is still another one`)
  } while (cursor !== undefined)
  return pages
}

/** Every file and folder. Skips the scenario where there are too few. */
async function everything(context: Context): Promise<{ files: File[]; folders: Folder[] }> {
  const found = { files: [] as File[], folders: [] as Folder[] }
  const ahead: (Folder | undefined)[] = [undefined]
  while (ahead.length > 0) {
    for (const { files, folders } of await pagesOf(context, ahead.shift())) {
      found.files.push(...files)
      for (const folder of folders) {
        demand(!found.folders.some(({ id }) => id === folder.id), `folder '${folder.id}' is met twice`)
        found.folders.push(folder)
        ahead.push(folder)
      }
    }
  }
  const count = found.files.length + found.folders.length
  if (count < fewestItems) skip(`there are ${count} files and folders, and it takes ${fewestItems}`)
  return found
}

/** The one event that tells of what is done, and the only one of files. */
async function heardOf<K extends 'fileCreated' | 'fileUpdated' | 'fileDeleted'>(
  { events }: Context,
  name: K,
  deed: () => Promise<unknown>,
) {
  const counts = async () => [
    (await events('fileCreated')).length,
    (await events('fileUpdated')).length,
    (await events('fileDeleted')).length,
  ]
  const [created = 0, updated = 0, deleted = 0] = await counts()
  await deed()
  const once = (event: string, earlier: number) => (event === name ? earlier + 1 : earlier)
  const expected = [once('fileCreated', created), once('fileUpdated', updated), once('fileDeleted', deleted)]
  demandEqual(await counts(), expected, `how often fileCreated, fileUpdated and fileDeleted were heard after ${name}`)
  const heard = (await events(name)).at(-1)
  demand(heard !== undefined, `${name} was not heard`)
  return heard
}

/** A file that differs from one of the integration's. */
const fileFrom = ({ provider }: Context, file: object, changes: object): File =>
  provider.entities.file.parse({ ...file, ...changes })

/** The longest of the files. */
async function anyFile(context: Context): Promise<File> {
  const [file] = (await everything(context)).files.toSorted((one, other) => (other.size ?? 0) - (one.size ?? 0))
  return file ?? skip('there is no file')
}

async function read({ provider }: Context, file: File): Promise<{ bytes: Uint8Array; file: File }> {
  const stream = provider.readFile({ file })
  const found: Uint8Array[] = []
  for await (const { bytes } of stream) found.push(bytes)
  return { bytes: Buffer.concat(found), ...(await stream.output()) }
}
