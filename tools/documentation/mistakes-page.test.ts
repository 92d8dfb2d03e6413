import { expect, test } from 'vitest'
import { mistakesPage, type TriedMistake } from './mistakes-page.ts'

const mistake = (changes: Partial<TriedMistake> = {}): TriedMistake => ({
  path: 'calls/a.test-d.ts',
  source: "// expected: Type 'a' | 'b'\n// expected: not\n// @ts-expect-error a call of `x`\nx()\n",
  refusal: { moment: 'call', codes: ['input_invalid', 'event_unknown'], messages: ['one `word`', 'two\nlines'] },
  ...changes,
})

test('a row tells the mistake, the sentences, the moment, the codes and the messages', () => {
  expect(mistakesPage([mistake()])).toContain(
    [
      '| [a call of `x`](../type-tests/mistakes/calls/a.test-d.ts)',
      "`Type 'a' \\| 'b'`<br>`not`",
      'call',
      '`input_invalid`<br>`event_unknown`',
      '`` one `word` ``<br>`two lines` |',
    ].join(' | '),
  )
})

test('a mistake that only types refuse has neither code nor message', () => {
  expect(mistakesPage([mistake({ refusal: undefined })])).toContain('`not` | types only |  |  |')
})

test('the mistakes are counted by concept and moment, and those of a concept stand together', () => {
  const page = mistakesPage([
    mistake({ path: 'forgery/b.test-d.ts', refusal: undefined }),
    mistake(),
    mistake({ path: 'calls/c.test-d.ts' }),
  ])
  expect(page).toContain('| [Calling actions](#calling-actions) | 2 | 0 | 0 | 2 | 0 |')
  expect(page).toContain('| **all** | 3 | 0 | 0 | 2 | 1 |')
  expect(page.split('## Calling actions')[1]?.match(/mistakes\/\S+\.test-d/g)).toEqual([
    'mistakes/calls/a.test-d',
    'mistakes/calls/c.test-d',
    'mistakes/forgery/b.test-d',
  ])
})

test('a mistake outside the concepts is refused', () => {
  expect(() => mistakesPage([mistake({ path: 'other/a.test-d.ts' })])).toThrow('other/a.test-d.ts is in no folder')
})
