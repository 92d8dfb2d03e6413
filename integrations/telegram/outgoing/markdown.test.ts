import { describe, expect, it } from 'vitest'
import type { Formatted } from './formatted.ts'
import { fromMarkdown } from './markdown.ts'
import { split } from './split.ts'

/** The text with its formats around what they hold, to be read. */
function shown({ text, entities }: Formatted): string {
  const marks = entities.flatMap(({ type, offset, length }, index) => [
    { at: offset, index, mark: `<${type}>` },
    { at: offset + length, index: -index, mark: `</${type}>` },
  ])
  const sorted = marks.toSorted((one, other) => other.at - one.at || other.index - one.index)
  return sorted.reduce((written, { at, mark }) => written.slice(0, at) + mark + written.slice(at), text)
}

describe('markdown', () => {
  it.each([
    ['**bold** and *italic*', '<bold>bold</bold> and <italic>italic</italic>'],
    ['~~gone~~ `a < b`', '<strikethrough>gone</strikethrough> <code>a < b</code>'],
    ['# Title\n\ntext', '<bold>Title</bold>\n\ntext'],
    ['[here](https://a.test/?b=1&c=2)', '<text_link>here</text_link>'],
    ['[here](/relative)', 'here (/relative)'],
    ['![alt](https://a.test/b.png)', '<text_link>alt</text_link>'],
    ['- one\n- two\n  - three', '• one\n• two\n   • three'],
    ['3. one\n4. two', '3. one\n4. two'],
    ['- [x] done\n- [ ] open', '☑ done\n☐ open'],
    ['> a **quote**', '<blockquote>a <bold>quote</bold></blockquote>'],
    ['```js\nlet a = "<"\n```', '<pre>let a = "<"</pre>'],
    ['<b>raw</b> &amp; 1 < 2', '<b>raw</b> & 1 < 2'],
    ['1 \\* 2 \\_ 3', '1 * 2 _ 3'],
    ['unfinished **bold', 'unfinished **bold'],
    ['***', '———'],
    ['', ''],
  ])('%j becomes %j', (markdown, expected) => {
    expect(shown(fromMarkdown(markdown))).toBe(expected)
  })

  it('keeps formats in their places behind emoji and within lists', () => {
    const formatted = fromMarkdown('👍 **a**\n\n- x\n  - **b**\n  - c `d`')
    const named = formatted.entities.map(({ type, offset, length }) => [
      type,
      formatted.text.slice(offset, offset + length),
    ])
    expect(named).toEqual([
      ['bold', 'a'],
      ['bold', 'b'],
      ['code', 'd'],
    ])
  })

  it('puts tables in columns', () => {
    expect(shown(fromMarkdown('| a | long |\n|--|--|\n| 1 | 2 |'))).toBe(
      '<pre>a | long\n--+-----\n1 | 2   </pre>'.replace('   </pre>', '</pre>'),
    )
  })

  it('opens no format within itself, and none within code', () => {
    const { entities } = fromMarkdown('# a **b** c\n\n> > nested')
    expect(entities.map(({ type }) => type)).toEqual(['bold', 'blockquote'])
  })

  it('is split with its formats, which go on in the next piece', () => {
    const pieces = split(fromMarkdown(`**${'word '.repeat(1500).trim()}**`))
    expect(pieces.map(({ text, entities }) => [text.length <= 4096, entities])).toEqual(
      pieces.map(({ text }) => [true, [{ type: 'bold', offset: 0, length: text.length }]]),
    )
    expect(pieces).toHaveLength(2)
  })
})
