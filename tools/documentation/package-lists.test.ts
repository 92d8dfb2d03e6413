import { expect, test } from 'vitest'
import { fillPackageLists } from './package-lists.ts'

const folders: Record<string, string[]> = { interfaces: ['crud', 'llm'], bots: [] }
const fill = (text: string) => fillPackageLists(text, (folder) => folders[folder] ?? [])

test('a list names what is in its folder, whatever stood there before', () => {
  const filled = '<!-- packages: interfaces -->[`crud`](interfaces/crud), [`llm`](interfaces/llm)<!-- /packages -->'
  expect(fill('All: <!-- packages: interfaces -->`llm`,\n`tts`<!-- /packages -->.')).toBe(`All: ${filled}.`)
  expect(fill(filled)).toBe(filled)
})

test('each list has its own folder, and a text without one is left alone', () => {
  const empty = '<!-- packages: bots --><!-- /packages -->'
  expect(fill(`${empty} ${empty.replace('><', '>none<')}`)).toBe(`${empty} ${empty}`)
  expect(fill('`packages: interfaces`')).toBe('`packages: interfaces`')
})
