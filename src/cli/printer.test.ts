import { describe, expect, it } from 'vitest'
import { Printer } from './printer.ts'

/** What stands in the terminal in the end. */
function printed(...sayings: readonly [messageId: string, text: string, draft: boolean | 'discarded'][]): string {
  let out = ''
  const printer = new Printer((text) => {
    out += text
  })
  for (const [messageId, text, draft] of sayings) printer.print({ conversationId: 'c', messageId, text, draft })
  return out
}

describe('a printer', () => {
  it('prints each message on lines of its own', () => {
    expect(printed(['1', 'one', false], ['2', 'two', false])).toBe('one\ntwo\n')
  })

  it('prints a text as it is made, each piece once', () => {
    expect(printed(['1', 'Good', true], ['1', 'Good mor', true], ['1', 'Good morning', false])).toBe('Good morning\n')
  })

  it('waits for the whole where a text turns out otherwise', () => {
    const sayings = ['Good', 'Hi', 'Hi there'].map((text, index) => ['1', text, index < 2] as const)
    expect(printed(...sayings.map(([id, text, draft]) => [id, text, draft] as [string, string, boolean]))).toBe(
      'Good\nHi there\n',
    )
  })

  it('goes on where an attempt that is made anew comes to what stands there', () => {
    const texts = ['Good mor', 'Go', 'Good morn']
    expect(
      printed(...texts.map((text) => ['1', text, true] as [string, string, boolean]), ['1', 'Good morning', false]),
    ).toBe('Good morning\n')
  })

  it('ends the line of what is not to come', () => {
    expect(printed(['1', 'Good', true], ['1', '', 'discarded'], ['2', 'Sorry', false])).toBe('Good\nSorry\n')
  })

  it('does not mix what is made at the same time', () => {
    expect(printed(['1', 'a', true], ['2', 'x', true], ['1', 'ab', false], ['2', 'xy', false])).toBe('ab\nxy\n')
    expect(printed(['1', 'a', true], ['2', 'xy', false], ['1', 'ab', false])).toBe('a\nxy\nab\n')
  })
})
