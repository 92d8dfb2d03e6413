import { inspect } from 'node:util'
import { PlugboardError } from '../../errors/index.ts'

const mark = '•••'

/** Shorter ones would blot out what is no secret: `test`, as a word, or `1`, in every number. */
const shortest = 4

/** The values that must not be seen outside of the process, and what hides them. */
export class SecretMask {
  /** Each with how many hide it; without end for those that are secret for good. */
  readonly #secrets = new Map<string, number>()
  #pattern: RegExp | undefined

  constructor(secrets: Iterable<string> = []) {
    this.add(...secrets)
  }

  /** Hides these values too, from now on. */
  add(...secrets: readonly string[]): void {
    this.#change(secrets, Infinity)
  }

  /** Hides values that are secret for a while. What it gives ends that, once, as far as nobody else hides them. */
  hide(...secrets: readonly string[]): () => void {
    this.#change(secrets, 1)
    return () => this.#change(secrets, -1)
  }

  /** A text with every known secret masked, in whatever form it is likely to stand there. */
  readonly text = (text: string): string =>
    this.#pattern === undefined ? text : text.replace(this.#pattern, () => mark)

  /** Plain data with every known secret masked, in names of fields too. */
  readonly data = (value: unknown): unknown => {
    if (typeof value === 'string') return this.text(value)
    if (typeof value === 'number') return this.#secrets.has(String(value)) ? mark : value
    if (Array.isArray(value)) return value.map((item) => this.data(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.text(key), this.data(item)]))
  }

  /** The error, with every known secret masked in it and in its causes: in message, stack and whatever it carries. */
  readonly error = <T>(error: T): T => {
    if (this.#pattern === undefined) return error
    for (const each of withCauses(error, new Set())) {
      // What our errors carry beside their texts is told to programs, and never a value.
      const carried = PlugboardError.isInstance(each) ? [] : Object.keys(each)
      for (const part of ['message', 'stack', ...carried, 'cause']) {
        const value: unknown = Reflect.get(each, part)
        const masked = value instanceof Error ? value : this.#shown(value)
        // Errors of others may be frozen or computed: one that cannot be changed keeps what it has.
        if (masked !== value)
          Reflect.defineProperty(each, part, {
            value: masked,
            writable: true,
            configurable: true,
            enumerable: Object.prototype.propertyIsEnumerable.call(each, part),
          })
      }
    }
    return error
  }

  #change(secrets: readonly string[], by: number): void {
    const before = this.#secrets.size
    let left = false
    for (const secret of secrets) {
      if (secret.length < shortest) continue
      const count = (this.#secrets.get(secret) ?? 0) + by
      if (count > 0) this.#secrets.set(secret, count)
      else left = this.#secrets.delete(secret) || left
    }
    if (!left && this.#secrets.size === before) return
    this.#pattern = this.#secrets.size === 0 ? undefined : patternOf(this.#secrets.keys())
  }

  /** What an error carries, as it is unless there is a secret in it. Objects of others cannot be taken apart. */
  #shown(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return value
    const shown = inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: Infinity })
    return this.text(shown) === shown ? value : this.text(shown)
  }
}

function* withCauses(error: unknown, seen: Set<unknown>): Generator<Error> {
  if (!(error instanceof Error) || seen.has(error)) return
  seen.add(error)
  yield error
  yield* withCauses(error.cause, seen)
  if (error instanceof AggregateError) for (const each of error.errors as unknown[]) yield* withCauses(each, seen)
}

/** The longest first: a secret that begins another one must not leave the rest of it to be read. */
function patternOf(secrets: Iterable<string>): RegExp {
  const forms = new Set([...secrets].flatMap(formsOf))
  const sorted = [...forms].toSorted((a, b) => b.length - a.length)
  return new RegExp(sorted.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|'), 'g')
}

/**
 * How a secret may stand in a text: in JSON its quotes and line breaks are escaped, in a URL it is percent-encoded, in an
 * `Authorization` header of the basic kind it is in the middle of Base64.
 */
function formsOf(secret: string): readonly string[] {
  const wellFormed = secret.toWellFormed()
  return [
    secret,
    inJson(secret),
    inJson(inJson(secret)),
    encodeURIComponent(wellFormed),
    encodeURI(wellFormed),
    ...base64Forms(wellFormed),
  ]
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** What of the Base64 of any text around the secret comes from the secret alone; it depends on how many bytes come before. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const own = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    // A short run of letters may well be part of another text.
    if (own.length < 8) return []
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
