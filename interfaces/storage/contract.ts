import storage from 'plugboard/interfaces/storage'
import { defineContract, demand, demandEqual, demandRefusal, type ScenarioContext } from 'plugboard/testing'

type Context = ScenarioContext<(typeof storage)['$types']>
type File = Awaited<ReturnType<Context['provider']['listFiles']>>['files'][number]

/** A page that has no end: more pages than any test lists. */
const mostPages = 1000

/** Where the suite keeps its files: nothing else may lie beneath it. */
const root = 'plugboard-contract'
const sample = `${root}/sample.bin`
/** Longer than one piece of most platforms, and with every byte. */
const long = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31 + (index >> 8)) % 256)
const putSample = async ({ provider }: Context) => {
  await provider.putFile({ key: sample, content: long })
  return { key: sample }
}

/** What a storage promises. The suite writes beneath `plugboard-contract/`. */
export default defineContract(storage, {
  samples: {
    putFile: { key: sample, content: long },
    getFile: putSample,
    listFiles: { prefix: `${root}/` },
    deleteFile: { key: sample },
    createSignedUrl: putSample,
  },
  scenarios: [
    {
      name: 'gives-what-was-put',
      title: 'what is read, joined, equals what was put, from no byte to many',
      async run(context) {
        for (const [name, content] of Object.entries({ none: new Uint8Array(), one: Uint8Array.of(0), many: long })) {
          const key = `${root}/whole/${name}`
          const { file } = await context.provider.putFile({ key, content })
          demandEqual([file.key, file.size], [key, content.length], 'the key and size of what was put')
          const found = await read(context, key)
          demand(Buffer.compare(found.bytes, content) === 0, `'${name}' comes out with other bytes than it went in`)
          demandEqual([found.file.key, found.file.size], [key, content.length], 'the key and size of what was read')
        }
      },
    },
    {
      name: 'takes-streams',
      title: 'what goes in piece by piece, some of them empty, comes out the same',
      async run(context) {
        const key = `${root}/stream`
        await context.provider.putFile({ key, content: () => pieces('piece ', '', 'by', ' piece') })
        demandEqual(await textOf(context, key), 'piece by piece', 'what was read')
      },
    },
    {
      name: 'replaces',
      title: 'a file takes the place of the one with its key',
      async run(context) {
        const key = `${root}/replaced`
        await put(context, key, 'the first and longer one')
        await put(context, key, 'the second')
        demandEqual(await textOf(context, key), 'the second', 'what was read')
        const listed = (await pagesOf(context, { prefix: key })).flat().map(({ key: name, size }) => [name, size])
        demandEqual(listed, [[key, 10]], 'what is listed')
      },
    },
    {
      name: 'replaced-as-a-whole',
      title: 'whoever reads while a file is replaced gets what it was or what it is',
      async run(context) {
        const key = `${root}/shared`
        const texts = ['a', 'b'].map((letter) => letter.repeat(100_000))
        await put(context, key, texts[0] as string)
        const state = { isDone: false }
        const puts = (async () => {
          for (let turn = 1; turn <= 6; turn += 1) await put(context, key, texts[turn % 2] as string)
        })().finally(() => {
          state.isDone = true
        })
        try {
          do {
            const text = await textOf(context, key)
            demand(texts.includes(text), `${text.length} bytes were read that nobody has put as a whole`)
          } while (!state.isDone)
        } finally {
          await puts
        }
      },
    },
    {
      name: 'failed-put-changes-nothing',
      title: 'a put whose content breaks off leaves what was there, and nothing where there was nothing',
      async run(context) {
        await changesNothing(context, 'failed', async (key) => {
          const error = await outcomeOf(() => context.provider.putFile({ key, content: breaking }))
          demand(error !== undefined, 'a put succeeds though its content broke off')
        })
      },
    },
    {
      name: 'aborted-put-changes-nothing',
      title: 'a put that is aborted leaves what was there, and nothing where there was nothing',
      async run(context) {
        await changesNothing(context, 'aborted', async (key) => {
          const control = new AbortController()
          async function* aborting() {
            yield* pieces('half of ')
            control.abort()
            yield* pieces('what is put')
          }
          const { signal } = control
          await demandRefusal('aborted', () => context.provider.putFile({ key, content: aborting }, { signal }))
        })
      },
    },
    {
      name: 'reading-is-not-cut-short',
      title: 'a read that is aborted fails, and never ends as if it were done',
      async run(context) {
        const { key } = await putSample(context)
        const control = new AbortController()
        const stream = context.provider.getFile({ key }, { signal: control.signal })
        await demandRefusal('aborted', async () => {
          for await (const _ of stream) control.abort()
          return stream.output()
        })
      },
    },
    {
      name: 'refuses-what-is-not-there',
      title: 'a key that is not there is refused, also if it was there before',
      async run(context) {
        await demandRefusal('vendor_refused', () => read(context, `${root}/never/was/there`))
        const key = `${root}/was-there`
        await put(context, key, 'soon gone')
        await context.provider.deleteFile({ key })
        await demandRefusal('vendor_refused', () => read(context, key))
      },
    },
    {
      name: 'deletes-again',
      title: 'deleting what is not there succeeds, and nothing is left of what was deleted',
      async run(context) {
        const key = `${root}/deleted/twice`
        await put(context, key, 'soon gone')
        await context.provider.deleteFile({ key })
        await context.provider.deleteFile({ key })
        demandEqual((await pagesOf(context, { prefix: key })).flat(), [], 'what is listed of it')
      },
    },
    {
      name: 'deletes-one-alone',
      title: 'what is deleted is the file of the key, and none whose key begins so or differs by its case',
      async run(context) {
        const prefix = `${root}/neighbours/`
        const keys = ['one', 'one-more', 'one.txt', 'One', 'on'].map((name) => prefix + name)
        for (const key of keys) await put(context, key, key)
        await context.provider.deleteFile({ key: `${prefix}one` })
        const left = (await pagesOf(context, { prefix })).flat().map(({ key }) => key)
        demandEqual(left.toSorted(), keys.filter((key) => key !== `${prefix}one`).toSorted(), 'what is left')
      },
    },
    {
      name: 'takes-several-at-once',
      title: 'files that are put at the same time are each stored as they were given, and one key holds one of them',
      async run(context) {
        const [prefix, shared] = [`${root}/at-once/`, `${root}/at-once-shared`]
        const texts = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(20_000))
        await Promise.all(
          texts.flatMap((text, index) =>
            [`${prefix}${index}`, shared].map((key) =>
              context.provider.putFile({ key, content: () => pieces(text.slice(0, 10_000), text.slice(10_000)) }),
            ),
          ),
        )
        for (const [index, text] of texts.entries())
          demand((await textOf(context, `${prefix}${index}`)) === text, `file ${index} holds what was put as another`)
        const last = await textOf(context, shared)
        demand(texts.includes(last), `${last.length} bytes are read of one key that nobody has put as a whole`)
      },
    },
    {
      name: 'tells-when-it-was-stored',
      title: "'updatedAt', where there is one, is a time in UTC, and not earlier once the file was put again",
      async run(context) {
        const key = `${root}/dated`
        await put(context, key, 'early')
        const { file: first } = await read(context, key)
        await put(context, key, 'late')
        const { file: second } = await read(context, key)
        for (const { updatedAt } of [first, second])
          demand(
            updatedAt === undefined || (updatedAt.endsWith('Z') && !Number.isNaN(Date.parse(updatedAt))),
            `'updatedAt' should be a time of ISO 8601 in UTC, and is '${updatedAt}'`,
          )
        const [early, late] = [first, second].map(({ updatedAt = '' }) => Date.parse(updatedAt)) as [number, number]
        demand(!(late < early), `a file that was put again is dated '${second.updatedAt}', after '${first.updatedAt}'`)
      },
    },
    {
      name: 'meets-every-file-once',
      title: 'whoever follows the cursors meets every file once, by pages of at most the size that was asked for',
      async run(context) {
        const keys = await several(context, 'paged')
        for (const limit of [1, 2, keys.length]) {
          const pages = await pagesOf(context, { prefix: `${root}/paged/`, limit })
          const longest = Math.max(...pages.map((page) => page.length))
          demand(longest <= limit, `a page of at most ${limit} holds ${longest} files`)
          const met = pages.flat().map(({ key }) => key)
          demandEqual(met.toSorted(), keys, `what is met by pages of ${limit}`)
        }
      },
    },
    {
      name: 'pages-while-files-come-and-go',
      title: 'whoever follows the cursors meets what was there the whole time, whatever comes and goes meanwhile',
      async run(context) {
        const keys = await several(context, 'moving')
        const prefix = `${root}/moving/`
        const first = await context.provider.listFiles({ prefix, limit: 2 })
        for (const { key } of first.files) await context.provider.deleteFile({ key })
        await put(context, `${prefix}0-new`, 'new')
        const rest =
          first.nextCursor === undefined ? [] : await pagesOf(context, { prefix, limit: 2 }, first.nextCursor)
        const met = [first.files, ...rest].flat().map(({ key }) => key)
        demandEqual(met.filter((key) => keys.includes(key)).toSorted(), keys, 'what is met of what was there')
        await context.provider.deleteFile({ key: `${prefix}0-new` })
      },
    },
    {
      name: 'keeps-its-order',
      title: 'the order stays the same from page to page, whatever the size of the pages',
      async run(context) {
        await several(context, 'ordered')
        const prefix = `${root}/ordered/`
        const [whole, paged] = await Promise.all([pagesOf(context, { prefix }), pagesOf(context, { prefix, limit: 1 })])
        const names = (pages: typeof whole) => pages.flat().map(({ key }) => key)
        demandEqual(names(paged), names(whole), 'the order by pages of one')
      },
    },
    {
      name: 'lists-by-prefix',
      title: 'a prefix is what keys begin with, also within a part, and no pattern',
      async run(context) {
        const prefix = `${root}/prefix/`
        const keys = ['ab', 'abc/d', 'b', 'B', 'a.b'].map((name) => prefix + name)
        for (const key of keys) await put(context, key, 'x')
        for (const start of ['', 'a', 'ab', 'abc/', 'b', '.', '*', 'a*', 'abcd']) {
          const listed = (await pagesOf(context, { prefix: prefix + start })).flat().map(({ key }) => key)
          const expected = keys.filter((key) => key.startsWith(prefix + start)).toSorted()
          demandEqual(listed.toSorted(), expected, `what begins with '${start}'`)
        }
      },
    },
    {
      name: 'refuses-unknown-cursor',
      title: 'a cursor that no page gave is refused',
      async run({ provider }) {
        const cursor = 'no page has ever given this cursor'
        await demandRefusal('vendor_refused', () => provider.listFiles({ cursor }))
      },
    },
    {
      name: 'takes-every-key',
      title: 'keys with slashes, spaces, signs and letters of any script come out as they went in',
      async run(context) {
        const prefix = `${root}/keys/`
        const names = ['deep/er/and/deeper', 'a b', 'a+b', 'a%20b', '100%', '?x=1&y=2', '#1', "it's", '.hidden', 'a..b']
        // One letter, which has two spellings, each of them a key of its own.
        const spellings = ['caf\u00e9', 'cafe\u0301']
        const others = ['Zoë/日本.txt', '🎉', '<&">', ' padded ', '__proto__', 'x'.repeat(200), ...spellings]
        const keys = [...names, ...others].map((name) => prefix + name)
        for (const key of keys) await put(context, key, `this is ${key}`)
        for (const key of keys) demandEqual(await textOf(context, key), `this is ${key}`, `what '${key}' holds`)
        const listed = (await pagesOf(context, { prefix, limit: 4 })).flat().map(({ key }) => key)
        demandEqual(listed.toSorted(), keys.toSorted(), 'the keys that are listed')
        for (const key of keys) await context.provider.deleteFile({ key })
        demandEqual((await pagesOf(context, { prefix })).flat(), [], 'what is left')
      },
    },
    {
      name: 'tells-case-apart',
      title: 'keys that differ in case alone are two files',
      async run(context) {
        await put(context, `${root}/case/Name`, 'large')
        await put(context, `${root}/case/name`, 'small')
        demandEqual(await textOf(context, `${root}/case/Name`), 'large', 'the one with the large letter')
      },
    },
    {
      name: 'keeps-the-content-type',
      title: 'the media type that was put is the one that is read',
      capabilities: ['contentType'],
      async run(context) {
        const key = `${root}/typed`
        const contentType = 'text/markdown; charset=utf-8'
        const { file } = await context.provider.putFile({ key, content: spoken('# Typed'), contentType })
        demandEqual(file.contentType, contentType, 'the media type of what was put')
        demandEqual((await read(context, key)).file.contentType, contentType, 'the media type of what was read')
      },
    },
    {
      name: 'forgets-the-content-type',
      title: 'a file that takes the place of another does not have its media type',
      capabilities: ['contentType'],
      async run(context) {
        const key = `${root}/retyped`
        await context.provider.putFile({ key, content: spoken('# Typed'), contentType: 'text/markdown' })
        await put(context, key, 'of no type')
        const { contentType } = (await read(context, key)).file
        demand(
          contentType !== 'text/markdown',
          'a file that was put without a media type has the one of the file before',
        )
      },
    },
    {
      name: 'signed-url-gives-the-file',
      title: 'a signed URL gives the bytes to whoever has it, until it says',
      capabilities: ['signedUrl'],
      async run(context) {
        const key = `${root}/signed/a b+ü.txt`
        await put(context, key, 'by URL')
        const before = Date.now()
        const { url, expiresAt } = await context.provider.createSignedUrl({ key, expiresIn: 60_000 })
        const lasts = Date.parse(expiresAt) - before
        demand(lasts > 50_000 && lasts <= 120_000, `it was to last 60 s, and lasts ${lasts} ms`)
        const response = await fetch(url)
        demandEqual([response.status, await response.text()], [200, 'by URL'], 'what the URL gives')
      },
    },
    {
      name: 'signed-url-ends',
      title: 'a signed URL gives nothing once its time is over, nor where it was changed',
      capabilities: ['signedUrl'],
      async run(context) {
        const [key, other] = [`${root}/signed/once`, `${root}/signed/else`]
        await put(context, key, 'for a moment')
        await put(context, other, 'for nobody')
        const { url, expiresAt } = await context.provider.createSignedUrl({ key, expiresIn: 1000 })
        const changed = await fetch(url.replace('signed/once', 'signed/else'))
        demand(!changed.ok, 'a URL that was changed gives another file')
        await changed.body?.cancel()
        // A second more, for platforms that reckon in whole ones.
        const wait = Date.parse(expiresAt) - Date.now() + 1100
        const over = Promise.withResolvers<void>()
        setTimeout(over.resolve, Math.max(wait, 0))
        await over.promise
        const response = await fetch(url)
        demand(!response.ok, 'the URL still gives the file after its time')
        await response.body?.cancel()
      },
    },
    {
      name: 'signed-url-of-what-is-not-there',
      title: 'there is no signed URL of a key that is not there',
      capabilities: ['signedUrl'],
      async run({ provider }) {
        await demandRefusal('vendor_refused', () => provider.createSignedUrl({ key: `${root}/signed/never` }))
      },
    },
  ],
})

/** Three files and two deeper ones. Gives their keys, sorted. */
async function several(context: Context, name: string): Promise<string[]> {
  const keys = ['1', '2', '3', 'deep/4', 'deep/5'].map((part) => `${root}/${name}/${part}`)
  for (const key of keys) await put(context, key, key)
  return keys
}

async function* breaking() {
  yield* pieces('half of ')
  throw new Error('the content broke off')
}

async function changesNothing(context: Context, name: string, attempt: (key: string) => Promise<void>): Promise<void> {
  const [old, fresh] = [`${root}/${name}/old`, `${root}/${name}/fresh`]
  await put(context, old, 'as it was')
  await context.provider.deleteFile({ key: fresh })
  for (const key of [old, fresh]) await attempt(key)
  demandEqual(await textOf(context, old), 'as it was', 'what was there before')
  await demandRefusal('vendor_refused', () => read(context, fresh))
  const listed = (await pagesOf(context, { prefix: `${root}/${name}/` })).flat().map(({ key }) => key)
  demandEqual(listed, [old], 'what is listed')
}

/** A text as bytes. */
function spoken(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Texts as a stream of bytes. */
async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield spoken(text)
}

/** Puts a text. */
async function put({ provider }: Context, key: string, text: string): Promise<void> {
  await provider.putFile({ key, content: spoken(text) })
}

/** A file with its bytes. */
async function read({ provider }: Context, key: string): Promise<{ bytes: Uint8Array; file: File }> {
  const stream = provider.getFile({ key })
  const found: Uint8Array[] = []
  for await (const { bytes } of stream) found.push(bytes)
  return { bytes: Buffer.concat(found), ...(await stream.output()) }
}

/** What a file holds, as text. */
async function textOf(context: Context, key: string): Promise<string> {
  return new TextDecoder().decode((await read(context, key)).bytes)
}

/** Every page of a list, the first one first. */
async function pagesOf(
  { provider }: Context,
  filter: { prefix?: string; limit?: number },
  start?: string,
): Promise<File[][]> {
  const pages: File[][] = []
  let cursor = start
  do {
    const page = await provider.listFiles({ ...filter, cursor })
    pages.push([...page.files])
    cursor = page.nextCursor
    demand(pages.length <= mostPages, `after ${mostPages} pages there is still another one`)
  } while (cursor !== undefined)
  return pages
}

/** What a call fails with; undefined where it succeeds. */
async function outcomeOf(call: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    await call()
    return undefined
  } catch (error) {
    return error
  }
}
