import { describe, expect, it } from 'vitest'
import { fillSnippets } from './snippets.ts'

const sources: Record<string, string> = {
  'docs/examples/first.ts': `
// #region whole
import { z } from 'zod'

function example() {
  // #region inner
  if (z) {
    run()
  }
  // #endregion
}
// #endregion
export const last = 1
// #region open
`,
}
const read = (file: string) => sources[file]
const fill = (...lines: string[]) => fillSnippets(lines.join('\n'), read)
const comment = (region: string) => `<!-- snippet: docs/examples/first.ts${region} -->`

describe('a snippet', () => {
  it('is replaced by its region, moved to the left, and nothing else is touched', () => {
    const { text, faults } = fill('Before', comment('#inner'), '```ts', 'stale', '```', 'After')
    const inner = ['if (z) {', '  run()', '}']
    expect(text.split('\n')).toEqual(['Before', comment('#inner'), '```ts', ...inner, '```', 'After'])
    expect(faults).toEqual([])
  })

  it('leaves out the marks of the regions inside its own', () => {
    const { text } = fill(comment('#whole'), '```ts', '```')
    expect(text).toContain('function example() {\n  if (z) {\n    run()\n  }\n}\n```')
    expect(text).not.toContain('#region')
    expect(text).not.toContain('last')
  })

  it('is the whole file where no region is named', () => {
    const { text } = fill(comment(''), '```ts', '```')
    expect(text).toContain("```ts\nimport { z } from 'zod'")
    expect(text).toContain('export const last = 1\n```')
  })

  it('may stand an empty line below its comment, where the formatter puts it', () => {
    expect(fill(comment('#inner'), '', '```ts', '```').text).toContain('```ts\nif (z) {')
  })

  it('stays as it is when it is right', () => {
    const once = fill(comment('#inner'), '```ts', '```', '', comment('#whole'), '```ts', '```').text
    expect(fillSnippets(once, read).text).toBe(once)
  })
})

describe('it is a fault', () => {
  it.each([
    ['that a region does not exist', comment('#none'), 'line 2: docs/examples/first.ts has no region "none"'],
    ['that a region never ends', comment('#open'), 'line 2: docs/examples/first.ts has no region "open"'],
    ['that a file does not exist', '<!-- snippet: docs/no.ts#a -->', 'line 2: there is no file docs/no.ts'],
    ['that code names no source', '', 'line 2: the code has no comment <!-- snippet: docs/examples/… --> before it'],
  ])('%s, and the code is left alone', (_case, before, fault) => {
    const filled = fill(before, '```ts', 'kept', '```')
    expect(filled.faults).toEqual([fault])
    expect(filled.text).toContain('kept')
  })
})

it('is a fault that a snippet has no fence to stand in', () => {
  const { faults } = fill(comment('#inner'), '', 'Words.', '', '```ts', '```')
  expect(faults[0]).toBe('line 1: the snippet has no fence below it, ```ts')
  expect(fill(comment('#inner')).faults).toHaveLength(1)
})

describe('it is no fault', () => {
  it.each([
    ['that a fence which is no code names no source', ['```sh', 'npm start', '```']],
    ['that a fence stands as text inside another', ['````md', '```ts', 'a', '```', '````']],
  ])('%s', (_case, lines) => {
    expect(fill(...lines)).toEqual({ text: lines.join('\n'), faults: [] })
  })

  it('that code names no source where loose code is let through', () => {
    expect(fillSnippets('```ts\na\n```', read, { loose: true }).faults).toEqual([])
  })
})
