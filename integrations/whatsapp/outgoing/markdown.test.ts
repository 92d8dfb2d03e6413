import { describe, expect, it } from 'vitest'
import { fromMarkdown } from './markdown.ts'
import { split } from './split.ts'

describe('markdown', () => {
  it.each([
    ['**bold** and *italic*', '*bold* and _italic_'],
    ['***both*** ~~gone~~ `a < b`', '_*both*_ ~gone~ `a < b`'],
    ['# Title **more**\n\ntext', '*Title more*\n\ntext'],
    ['**two\nlines**', '*two*\n*lines*'],
    ['[here](https://a.test/?b=1&c=2)', 'here (https://a.test/?b=1&c=2)'],
    ['<https://a.test/>', 'https://a.test/'],
    ['![alt](https://a.test/b.png)', 'alt (https://a.test/b.png)'],
    ['- one\n- two\n  - three', '- one\n- two\n   - three'],
    ['3. one\n4. two', '3. one\n4. two'],
    ['- [x] done\n- [ ] open', '☑ done\n☐ open'],
    ['> a **quote**\n> of two lines', '> a *quote*\n> of two lines'],
    ['```js\nlet a = "<"\n```', '```\nlet a = "<"\n```'],
    ['| a | b |\n|---|---|\n| 1 | 22 |', '```\na | b \n--+---\n1 | 22\n```'],
    ['<b>raw</b> &amp; 1 < 2', '<b>raw</b> & 1 < 2'],
    ['1 \\* 2 \\_ 3', '1 * 2 _ 3'],
    ['---', '———'],
  ])('%j', (markdown, expected) => {
    expect(fromMarkdown(markdown)).toBe(expected)
  })
})

it.each([`${'>'.repeat(3000)} x`, `${'- '.repeat(1500)}x`])(
  'what is nested deeper than anybody reads is as it is',
  (nested) => {
    expect(fromMarkdown(nested)).toBe(nested)
  },
)

describe('a text that is too long', () => {
  it('goes on as code, where it was cut in code', () => {
    const code = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')
    const pieces = split(`before\n\`\`\`\n${code}\n\`\`\`\nafter`, 200)
    expect(pieces.length).toBeGreaterThan(1)
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(200)
      expect(piece.split('```').length % 2).toBe(1)
    }
    expect(pieces.join('\n').match(/line \d+/g)).toHaveLength(40)
  })

  it.each([0, 1, 2, 3, 4, 5])('is not cut within what people see as one character, behind %i letters', (letters) => {
    const family = '👨‍👩‍👧‍👦'
    for (const piece of split(`${'x'.repeat(letters)}${family.repeat(100)}`, 200))
      expect(piece.replace(/^x+/, '').length % family.length).toBe(0)
  })
})
