import { describe, expect, it } from 'vitest'
import { fromMarkdown } from './markdown.ts'
import { toMrkdwn } from './mrkdwn.ts'
import { split } from './split.ts'

const written = (markdown: string): string => toMrkdwn(fromMarkdown(markdown))

describe('Markdown in the marks of Slack', () => {
  it.each([
    ['**bold** *italic* ~~gone~~ `code`', '*bold* _italic_ ~gone~ `code`'],
    ['***both***', '*_both_*'],
    ['**bold *and italic* here**', '*bold* *_and italic_* *here*'],
    ['# Title', '*Title*'],
    ['## A `b` **c**', '*A* *`b`* *c*'],
    ['[a page](https://example.com/?a=1&b=2)', '<https://example.com/?a=1&amp;b=2|a page>'],
    ['**[bold](https://example.com)**', '*<https://example.com|bold>*'],
    ['[odd](javascript:alert)', 'odd (javascript:alert)'],
    ['![a picture](https://example.com/a.png)', '<https://example.com/a.png|a picture>'],
    ['- one\n- two\n  - three', '• one\n• two\n    • three'],
    ['3. one\n4. two', '3. one\n4. two'],
    ['- [x] done\n- [ ] open', '☑ done\n☐ open'],
    ['> quoted\n> **more**', '> quoted\n> *more*'],
    ['```ts\nconst a = `b` < 1\n```', '```\nconst a = `b` &lt; 1\n```'],
    ['one\n\ntwo', 'one\n\ntwo'],
    ['one  \ntwo', 'one\ntwo'],
    ['---', '———'],
    ['a & b < c', 'a &amp; b &lt; c'],
    ['a &amp; b &lt; c', 'a &amp; b &lt; c'],
    ['<!channel> and <@U0BOB>', '&lt;!channel&gt; and <@U0BOB>'],
    ['| a | b |\n|---|---|\n| 1 | 22 |', '```\na | b \n--+---\n1 | 22\n```'],
  ])('%j', (markdown, expected) => expect(written(markdown)).toBe(expected))

  it('parts a format from the letters beside it, where Slack would show its marks', () => {
    expect(written('un**believ**able')).toBe('un\u200B*believ*\u200Bable')
  })

  it('has its blanks outside of its formats', () => {
    expect(toMrkdwn([{ runs: [{ text: 'a' }, { text: ' b ', bold: true }, { text: 'c' }] }])).toBe('a *b* c')
  })

  it('ends no block of code with what stands in it', () => {
    expect(written('````\n```\n````').match(/```/g)).toHaveLength(2)
  })

  it.each([`${'>'.repeat(3000)} x`, `${'- '.repeat(1500)}x`])(
    'is what it is, if it is nested deeper than anybody reads',
    (nested) => expect(fromMarkdown(nested)).toEqual([{ runs: [{ text: nested }] }]),
  )

  it('is what it is, if there is nothing to show', () => expect(written('[a]: https://example.com')).not.toBe(''))
})

describe('what is longer than a message', () => {
  it('keeps the formats of each piece whole', () => {
    const code = Array.from({ length: 400 }, (_, index) => `const line${index} = '${'x'.repeat(10)}'`).join('\n')
    const pieces = split(fromMarkdown(`**${'bold '.repeat(2000).trim()}**\n\n\`\`\`\n${code}\n\`\`\``)).map(toMrkdwn)
    expect(pieces.length).toBeGreaterThan(4)
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(4000)
      expect((piece.match(/```/g) ?? []).length % 2).toBe(0)
      expect((piece.replaceAll(/```[\s\S]*?```/g, '').match(/\*/g) ?? []).length % 2).toBe(0)
    }
    expect(pieces.join('\n').match(/line\d+/g)).toHaveLength(400)
  })
})
