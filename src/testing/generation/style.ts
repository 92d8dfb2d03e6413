import type { Random } from './random.ts'

/** How values are made where a schema leaves a choice. */
export interface Style {
  /** How likely an optional field is there, from 0 to 1. */
  readonly optional: number
  /** A text of so many characters. */
  text(random: Random, least: number, most: number): string
  /** How many entries a list has. */
  length(random: Random, least: number, most: number): number
}

const words = 'amber birch cedar delta ember fjord grove heron islet jade kiln larch maple north olive plum'.split(' ')

/** Ordinary words, and lists of a few entries. */
export const plain: Style = {
  optional: 0.5,
  text(random, least, most) {
    let text = random.pick(words)
    while (text.length < least) text += ` ${random.pick(words)}`
    return text.slice(0, most)
  },
  length: (random, least, most) => random.integer(Math.max(least, Math.min(1, most)), Math.min(most, least + 3)),
}

/** Nothing that need not be there. */
export const sparse: Style = { ...plain, optional: 0, length: (_, least) => least }

/** Everything that may be there, and nothing in it: a page without items that others follow. */
export const hollow: Style = { ...sparse, optional: 1 }

/** Everything that may be there. */
export const complete: Style = { ...plain, optional: 1 }

const exotic = [
  'Ω≈ç√ naïve Ÿ',
  '日本語のテキスト',
  'مرحبا بالعالم',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'Z̶̢͝a̸l̵g̴o̷',
  'zero\u200Bwidth\uFEFF',
  '\u202Eright to left',
  "Robert'); DROP TABLE users;--",
  '<script>alert(1)</script>',
  '{{constructor}} ${process}',
  'line\nbreak\r\n\ttab',
  ' padded ',
]

/** Texts of many scripts, of control characters and of what means something elsewhere. */
export const unicode: Style = {
  optional: 0.7,
  text(random, least, most) {
    let text = random.pick(exotic)
    while (text.length < least) text += random.pick(exotic)
    // A half of a character that takes two is no text any more.
    return text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, 'x')
  },
  length: plain.length,
}
