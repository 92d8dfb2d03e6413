import { describe, expect, it, test } from 'vitest'
import { texts } from 'plugboard'

const family = '👨‍👩‍👧‍👦'

/** The pieces of a text. */
function pieces(text: string, longest: number): string[] {
  const all: string[] = []
  for (let start = 0; start < text.length;) {
    const { end, next } = texts.cut(text, start, longest)
    all.push(text.slice(start, end))
    start = next
  }
  return all
}

describe('a text is cut', () => {
  it.each([
    ['where a paragraph ends', 'one two\n\nthree four', 12, ['one two', 'three four']],
    ['where a line ends, if no paragraph does', 'one two\nthree four', 12, ['one two', 'three four']],
    ['where a word ends, if no line does', 'one two three', 9, ['one two', 'three']],
    ['not so early that little is left', 'a bcdefghijkl', 10, ['a bcdefghi', 'jkl']],
    ['at its end, if it fits', 'one two', 7, ['one two']],
  ])('%s', (_, text, longest, expected) => {
    expect(pieces(text, longest)).toEqual(expected)
  })

  it('within a character that is longer than a piece, and still not in half of what makes it up', () => {
    expect(pieces(family, 4).join('')).toBe(family)
    for (const piece of pieces(family, 4)) expect([piece.length <= 4, piece.isWellFormed()]).toEqual([true, true])
  })

  it('nowhere within what people see as one character', () => {
    for (let letters = 0; letters < family.length; letters += 1) {
      const text = `${'x'.repeat(letters)}${family.repeat(20)}`
      expect(pieces(text, 60).join('')).toBe(text)
      for (const piece of pieces(text, 60)) expect(piece.replace(/^x+/, '').length % family.length).toBe(0)
    }
  })
})

test('a text is shortened between characters, with an ellipsis', () => {
  expect([texts.shortened('short', 5), texts.shortened('one two', 5), texts.shortened(`ab${family}`, 5)]).toEqual([
    'short',
    'one…',
    'ab…',
  ])
})

test('a table has columns of equal width, and as many as its longest row', () => {
  expect(
    texts
      .table([['a', 'long'], ['1', '2', '3'], []])
      .split('\n')
      .map((line) => line.trimEnd()),
  ).toEqual(['a | long |', '--+------+--', '1 | 2    | 3', '  |      |'])
})

test.each([
  ['&lt;b&gt; &amp;amp; &quot;x&quot; &nbsp;', '<b> &amp; "x" \u0020'],
  ['it&#39;s, it&#8217;s, it&#x2019;S &#x1F44D;', "it's, it’s, it’S 👍"],
  ['&nothing; &constructor; &#0; &#xD800; &#9999999; & co', '&nothing; &constructor; &#0; &#xD800; &#9999999; & co'],
])('%j stands for %j', (text, expected) => {
  expect(texts.unescaped(text)).toBe(expected)
})
