import type { Random } from './random.ts'

type Make = (random: Random) => string

/** How often a piece is repeated that may be repeated without end. */
const unbounded = 6

/** A text that a regular expression matches; undefined for what this does not read, or does not guess. */
export function matchingText({ source, flags }: RegExp, random: Random): string | undefined {
  try {
    const text = new Reader(source).all()(random)
    return new RegExp(source, flags.replaceAll(/[gy]/g, '')).test(text) ? text : undefined
  } catch {
    return undefined
  }
}

/** Reads an expression and makes a function of it that writes texts. */
class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  all(): Make {
    const make = this.#alternatives()
    if (this.#at < this.#source.length) throw new Error('more than was read')
    return make
  }

  #alternatives(): Make {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    return (random) => random.pick(options)(random)
  }

  #sequence(): Make {
    const parts: Make[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] ?? '')) parts.push(this.#repeated())
    return (random) => parts.map((part) => part(random)).join('')
  }

  #repeated(): Make {
    const make = this.#atom()
    const [least, most] = this.#bounds()
    return (random) => Array.from({ length: random.integer(least, most) }, () => make(random)).join('')
  }

  #bounds(): [number, number] {
    const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.#source.slice(this.#at))
    if (!found) return [1, 1]
    const [whole, sign, least = '', comma, most = ''] = found
    this.#at += whole.length
    if (sign === '?') return [0, 1]
    if (sign !== undefined) return sign === '*' ? [0, unbounded] : [1, unbounded]
    const from = Number(least)
    return [from, comma === undefined ? from : most === '' ? from + unbounded : Number(most)]
  }

  #atom(): Make {
    if (this.#take('^') || this.#take('$')) return () => ''
    if (this.#take('.')) return (random) => random.pick(letters)
    if (this.#take('[')) return this.#oneOf(this.#class())
    if (this.#take('(')) {
      const looks = /^\?<?[=!]/.exec(this.#source.slice(this.#at))?.[0] ?? ''
      this.#at += looks.length
      if (looks === '' && this.#take('?') && !this.#take(':')) this.#name()
      const make = this.#alternatives()
      if (!this.#take(')')) throw new Error('a group does not end')
      // What looks around writes nothing. Whether it would be content is seen in the end.
      return looks === '' ? make : () => ''
    }
    return this.#oneOf(this.#character())
  }

  /** Only a name may stand behind `(?` here: modifiers are not read. */
  #name(): void {
    const [whole = ''] = /^<[A-Za-z_]\w*>/.exec(this.#source.slice(this.#at)) ?? []
    if (whole === '') throw new Error('a group of an unknown kind')
    this.#at += whole.length
  }

  #class(): string[] {
    const negated = this.#take('^')
    const found: string[] = []
    while (!this.#take(']')) {
      const from = this.#character()
      const [first] = from
      if (
        from.length === 1 &&
        first !== undefined &&
        this.#source[this.#at] === '-' &&
        this.#source[this.#at + 1] !== ']'
      ) {
        this.#at += 1
        const [last = first] = this.#character()
        for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code += 1)
          found.push(String.fromCharCode(code))
      } else found.push(...from)
    }
    return negated ? printable.filter((character) => !found.includes(character)) : found
  }

  /** The characters that one character of the expression stands for. */
  #character(): string[] {
    const character = this.#source[this.#at]
    if (character === undefined) throw new Error('it ends too early')
    this.#at += 1
    if (character !== '\\') return [character]
    const escaped = this.#source[this.#at] ?? ''
    this.#at += 1
    const known = classes[escaped]
    if (known) return known
    const property = /^\{[\w=]+\}/.exec(this.#source.slice(this.#at))?.[0]
    if ('pP'.includes(escaped) && property !== undefined) {
      this.#at += property.length
      const pattern = new RegExp(`\\${escaped}${property}`, 'u')
      return characters.filter((character) => pattern.test(character))
    }
    const digits = escaped === 'u' ? 4 : escaped === 'x' ? 2 : 0
    const code = this.#source.slice(this.#at, this.#at + digits)
    if (digits > 0 && code.length === digits && /^[\da-f]+$/i.test(code)) {
      this.#at += digits
      return [String.fromCharCode(Number.parseInt(code, 16))]
    }
    if (/[a-zA-Z0-9]/.test(escaped)) throw new Error('an unknown escape')
    return [escaped]
  }

  #oneOf(characters: readonly string[]): Make {
    if (characters.length === 0) throw new Error('nothing to choose from')
    return (random) => random.pick(characters)
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }
}

const range = (from: string, to: string): string[] =>
  Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, index) =>
    String.fromCharCode(from.charCodeAt(0) + index),
  )
const letters = [...range('a', 'z'), ...range('A', 'Z')]
const figures = range('0', '9')
const printable = range(' ', '~')
/** Of every kind that a property may ask for, some. */
const characters = [...printable, ...'éßΩяא日本한👍🎉❤🚀']
const classes: Readonly<Record<string, string[]>> = {
  d: figures,
  w: [...letters, ...figures, '_'],
  s: [' '],
  S: [...letters, ...figures],
  D: letters,
  W: [' ', '-'],
  n: ['\n'],
  t: ['\t'],
  r: ['\r'],
  b: [''],
}
