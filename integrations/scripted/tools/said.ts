import { inDigits, isEmpty } from '../wording.ts'

const preposition = String.raw`(?:in|at|on|for|to|from|of|with|by|about|named|called|titled|into|as)`
const end = String.raw`(?=[,;!?]|[.](?:\s|$)|\s+(?:and\s+)?${preposition}\s|\s+(?:and|please|then|now)\b|\s*$)`
const quoted = /"([^"]+)"|“([^”]+)”|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])/gu

/** What the user said, as a place to find arguments in. What was found once is not found again. */
export class Said {
  readonly text: string
  readonly #digits: string
  readonly #taken = new Set<string>()

  constructor(text: string) {
    this.text = text.trim().replaceAll(/\s+/g, ' ')
    this.#digits = inDigits(this.text)
  }

  /** What follows the name of something: "from Rome", "title: Milk", "city is Paris". */
  after(words: string): string | undefined {
    const name = escaped(words)
    const found =
      new RegExp(
        String.raw`(?<![\p{L}\p{N}])${name}\s*(?:[:=]|\bis\b|\bto\b|\bas\b)?\s*["“']([^"”']+)["”']`,
        'iu',
      ).exec(this.text) ??
      new RegExp(
        String.raw`(?<![\p{L}\p{N}])${name}\s*(?:[:=]\s*|\sis\s+|\s(?!(?:is|are|to|${preposition})\s))(\S.*?)${end}`,
        'iu',
      ).exec(this.text)
    return this.#take(found?.[1])
  }

  /** The number that stands before or after the name of something, else the first that is left. */
  number(words: string, isNamed: boolean): number | undefined {
    const name = escaped(words)
    const number = String.raw`(-?\d+(?:\.\d+)?)`
    const found =
      new RegExp(String.raw`(?<![\p{L}\p{N}])${name}s?\s*(?:[:=]|is|of|to)?\s*${number}(?![\p{L}\d])`, 'iu').exec(
        this.#digits,
      )?.[1] ?? new RegExp(String.raw`${number}\s*${name}s?\b`, 'iu').exec(this.#digits)?.[1]
    const free = isNamed ? undefined : this.numbers()[0]?.toString()
    const taken = this.#take(found ?? free)
    return taken === undefined ? undefined : Number(taken)
  }

  /** The numbers that are left. */
  numbers(): number[] {
    const all = this.#digits.match(/(?<![\p{L}\p{N}.])-?\d+(?:\.\d+)?(?![\p{L}\d])/gu) ?? []
    return all.filter((number) => !this.#taken.has(number)).map(Number)
  }

  /** The first quotation that is left. */
  quotation(): string | undefined {
    const all = [...this.text.matchAll(quoted)].map((found) => found[1] ?? found[2] ?? found[3])
    return this.#take(all.find((one) => one !== undefined && !this.#taken.has(one)))
  }

  /** The first phrase with a preposition that is left, without it: "Paris" of "in Paris". */
  phrase(): string | undefined {
    const all = [
      ...this.text.matchAll(new RegExp(String.raw`\b${preposition}\s+(?:the\s+|an?\s+|my\s+)?(\S.*?)${end}`, 'giu')),
    ]
    return this.#take(
      all.map(([, phrase]) => phrase).find((phrase) => phrase !== undefined && !this.#taken.has(phrase)),
    )
  }

  /** What is said after a colon, or after the last of some words, else all of it; undefined where those words are all. */
  rest(stems: readonly string[], stem: (word: string) => string): string | undefined {
    const [, told] = /:\s+(\S.*)$/s.exec(this.text) ?? []
    const words = [...this.text.matchAll(/[\p{L}\p{N}]+/gu)]
    const last = words.findLast(([word]) => stems.includes(stem(word.toLowerCase())))
    const after = last ? this.text.slice(last.index + last[0].length) : ''
    const rest = (told ?? after)
      .replace(new RegExp(String.raw`^[\s,:]*(?:${preposition}\s+)?`, 'i'), '')
      .replace(/\s*[?.!]*$/, '')
    if (rest !== '') return rest
    return words.every(([word]) => isEmpty(word) || stems.includes(stem(word.toLowerCase()))) ? undefined : this.text
  }

  #take(found: string | undefined): string | undefined {
    const value = found?.trim()
    if (value === undefined || value === '') return undefined
    this.#taken.add(value)
    return value
  }
}

const escaped = (words: string): string =>
  words.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replaceAll(' ', String.raw`[\s_-]?`)
