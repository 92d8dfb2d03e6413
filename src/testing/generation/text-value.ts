import type { z } from 'plugboard'
import { boundsOf } from './bounds.ts'
import { CannotGenerate } from './cannot-generate.ts'
import { matchingText } from './matching-text.ts'
import type { Random } from './random.ts'
import type { Style } from './style.ts'

/** A text that a schema takes, as far as bounds, formats and patterns say; what else the schema asks is for the caller to see. */
export function textValue(schema: z.core.$ZodType, random: Random, style: Style): string {
  const { least, most, format, patterns } = boundsOf(schema)
  const known = format === undefined ? undefined : formats[format]
  if (known) return known(random)
  if (patterns.length > 0) {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const text = matchingText(random.pick(patterns), random.fork(attempt))
      const fits = text !== undefined && text.length >= least && text.length <= most
      if (
        fits &&
        patterns.every((pattern) => new RegExp(pattern.source, pattern.flags.replaceAll(/[gy]/g, '')).test(text))
      )
        return text
    }
    throw new CannotGenerate(`no text was found that matches ${patterns.map(String).join(' and ')}`)
  }
  return style.text(random, Math.max(0, least), most)
}

const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.integer(0, 15).toString(16)).join('')
const word = (random: Random): string => `${random.pick(['amber', 'birch', 'cedar', 'delta'])}${random.integer(1, 999)}`
const date = (random: Random): Date => new Date(Date.UTC(2020, 0, 1) + random.integer(0, 200_000_000) * 1000)

const formats: Readonly<Record<string, (random: Random) => string>> = {
  uuid: (random) => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
  guid: (random) => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
  email: (random) => `${word(random)}@example.com`,
  url: (random) => `https://example.com/${word(random)}`,
  ipv4: (random) => `192.0.2.${random.integer(1, 254)}`,
  ipv6: (random) => `2001:db8::${hex(random, 4)}`,
  datetime: (random) => date(random).toISOString(),
  date: (random) => date(random).toISOString().slice(0, 10),
  time: (random) => date(random).toISOString().slice(11, 19),
  base64: (random) => Buffer.from(word(random)).toString('base64'),
  base64url: (random) => Buffer.from(word(random)).toString('base64url'),
  json_string: (random) => JSON.stringify(word(random)),
}
