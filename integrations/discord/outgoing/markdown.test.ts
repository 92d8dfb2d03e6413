import { describe, expect, it } from 'vitest'
import { fromMarkdown } from './markdown.ts'
import { split } from './split.ts'
import { escaped } from './text.ts'

describe('markdown', () => {
  it.each([
    ['what Discord knows stays', '# Title\n\n- **bold** *italic* ~~gone~~', '# Title\n\n- **bold** *italic* ~~gone~~'],
    ['small titles are bold', '#### Small ####', '**Small**'],
    ['pictures are links', 'See ![a plug](https://example.com/a.png "x")', 'See [a plug](https://example.com/a.png)'],
    ['lines across are lines', 'a\n\n---\n\nb', 'a\n\n───\n\nb'],
    [
      'tables keep their columns',
      '| a | b |\n|---|---|\n| 1 | 2 |\nend',
      '```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\nend',
    ],
    ['what only looks like a table is none', '| a |', '| a |'],
    ['code between tildes is code', '~~~ts\n#### x\n~~~', '```ts\n#### x\n```'],
    ['code is left alone', '```\n#### x\n| a |\n```', '```\n#### x\n| a |\n```'],
  ])('%s', (_, given, expected) => {
    expect(fromMarkdown(given)).toBe(expected)
  })
})

describe('a text that is split', () => {
  it('closes a block of code where it is torn, and opens it again', () => {
    const pieces = split(`Look:\n\`\`\`ts\n${'let a = 1\n'.repeat(30)}\`\`\`\nend`, 200)
    expect(pieces.length).toBeGreaterThan(1)
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(200)
      expect((piece.match(/```/g) ?? []).length % 2).toBe(0)
    }
    expect(pieces[1]?.startsWith('```ts\n')).toBe(true)
  })

  it('loses nothing, and tears neither characters nor what is escaped', () => {
    for (const text of ['😀'.repeat(500), escaped('*'.repeat(500)), escaped('\\'.repeat(500)), 'a'.repeat(999)]) {
      const pieces = split(text, 101)
      expect(pieces.join('')).toBe(text)
      for (const piece of pieces) expect(piece).not.toMatch(/(?:^|[^\\])(?:\\\\)*\\$|[\uD800-\uDBFF]$/)
    }
  })

  it('is not torn within what people see as one character', () => {
    const family = '👨‍👩‍👧‍👦'
    for (const piece of split(family.repeat(100), 101)) expect(piece.length % family.length).toBe(0)
  })

  it('has no blank pieces', () => {
    expect(split(' \n\n ')).toEqual([])
  })
})
