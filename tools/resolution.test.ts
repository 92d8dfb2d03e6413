import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const manifest: { exports: Record<string, string | { '@plugboard/source': string }> } = JSON.parse(
  await readFile(resolve(root, 'package.json'), 'utf8'),
)
const sources = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === 'string' ? [] : [{ subpath, source: target['@plugboard/source'] }],
)

it.each(sources)('resolves the export $subpath to its source, so that nothing is built to run it', (entry) => {
  const specifier = entry.subpath.replace('.', 'plugboard').replace('*', 'example')
  const expected = pathToFileURL(resolve(root, entry.source.replace('*', 'example'))).href
  expect(import.meta.resolve(specifier)).toBe(expected)
})
