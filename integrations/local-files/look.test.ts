import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { look } from './look.ts'
import type { ListenProps } from './props.ts'

test('a change is told once two looks have found the same, and a file that is back by then is none', async () => {
  const root = await mkdtemp(join(tmpdir(), 'plugboard-local-files-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const told: string[] = []
  const client = {
    getState: async () => ({ state: undefined }),
    setState: async () => {},
    createEvent: async ({ type }: { type: string }) => void told.push(type),
  }
  const props = {
    client,
    signal: new AbortController().signal,
    deliver: async (_: undefined, bring: (brought: { client: object }) => Promise<void>) => bring({ client }),
  } as unknown as ListenProps
  const seen = new Map<string, string>()
  const file = join(root, 'grows')
  let looked: Awaited<ReturnType<typeof look>> | undefined
  const toldOnceLooked = async () => {
    looked = await look(props, root, seen, looked)
    return told.splice(0)
  }
  await writeFile(file, 'a')
  expect(await toldOnceLooked()).toEqual([])
  await writeFile(file, 'a part')
  expect(await toldOnceLooked()).toEqual([])
  expect(await toldOnceLooked()).toEqual(['fileCreated'])
  await rm(file)
  expect(await toldOnceLooked()).toEqual([])
  await writeFile(file, 'another one')
  expect(await toldOnceLooked()).toEqual([])
  expect(await toldOnceLooked()).toEqual(['fileUpdated'])
  await rm(file)
  expect(await toldOnceLooked()).toEqual([])
  expect(await toldOnceLooked()).toEqual(['itemDeleted', 'fileDeleted'])
  expect(await toldOnceLooked()).toEqual([])
})
