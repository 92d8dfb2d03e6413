import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import localFiles from '@plugboard/local-files'
import deletable from 'plugboard/interfaces/deletable/contract'
import filesReadonly from 'plugboard/interfaces/files-readonly/contract'
import listable from 'plugboard/interfaces/listable/contract'
import readable from 'plugboard/interfaces/readable/contract'
import storage from 'plugboard/interfaces/storage/contract'
import { contractSuite } from 'plugboard/testing'
import { afterAll, describe, test } from 'vitest'

const base = await mkdtemp(join(tmpdir(), 'plugboard-local-files-'))
afterAll(() => rm(base, { recursive: true }))

/** A folder of its own for each suite, with files and a folder in it. */
async function optionsFor(name: string) {
  const folder = join(base, name)
  await mkdir(join(folder, 'deep', 'deeper'), { recursive: true })
  for (const key of ['one.txt', 'two.txt', 'deep/three.txt', 'deep/deeper/four.txt'])
    await writeFile(join(folder, key), key.repeat(30_000))
  const file = { id: 'one.txt', key: 'one.txt', name: 'one.txt', size: 210_000, updatedAt: '2026-11-29T00:00:00.000Z' }
  const missing = { before: () => rm(folder, { recursive: true }), after: () => {} }
  return {
    folder,
    file,
    missing,
    options: { integration: localFiles, configuration: { folder }, date: '2026-11-29', test },
  }
}

const stored = await optionsFor('storage')
describe('storage', () => {
  contractSuite(storage, {
    ...stored.options,
    situations: { refused: { action: 'getFile', input: { key: 'nothing-here' } } },
  })
})
const read = await optionsFor('files-readonly')
describe('files-readonly', () => {
  contractSuite(filesReadonly, {
    ...read.options,
    entities: { file: [read.file], folder: [{ id: 'deep', name: 'deep' }] },
  })
})
const listed = await optionsFor('listable')
describe('listable', () => {
  contractSuite(listable, listed.options)
})
const looked = await optionsFor('readable')
describe('readable', () => {
  contractSuite(readable, { ...looked.options, samples: { readItem: { id: 'deep/three.txt' } } })
})
const deleted = await optionsFor('deletable')
describe('deletable', () => {
  const again = async () => {
    await writeFile(join(deleted.folder, 'one.txt'), 'again')
    return { item: deleted.file }
  }
  contractSuite(deletable, { ...deleted.options, entities: { item: [deleted.file] }, samples: { deleteItem: again } })
})
