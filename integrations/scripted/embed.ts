import { PlugboardError } from 'plugboard'
import type definition from './definition.ts'
import { embeddingModels } from './models.ts'
import { tokensOf } from './tokens.ts'
import { isEmpty } from './wording.ts'

type Action = (typeof definition)['$types']['actions']['embed']

/** Longer vectors hold nothing more, and thousands of texts must fit into memory. */
const longest = 4096

/**
 * Makes vectors by hashing what texts are made of: their words, and the runs of three letters within them, by which forms of
 * one word are near. The same text has the same vector everywhere and always.
 */
export function embed({ texts, dimensions = embeddingModels[0].dimensions }: Action['parsed']): Action['returned'] {
  if (dimensions > longest)
    throw new PlugboardError({
      code: 'vendor_refused',
      message: `vectors of ${dimensions} dimensions are not made: ${longest} are the most`,
      where: { path: 'dimensions' },
    })
  return {
    model: { id: 'scripted-hashing' },
    vectors: texts.map((text) => vectorOf(text, dimensions)),
    dimensions,
    usage: { inputTokens: texts.reduce((sum, text) => sum + tokensOf(text).length, 0) },
    cost: 0,
  }
}

function vectorOf(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  const add = (feature: string, weight: number): void => {
    const hash = hashOf(feature)
    // Half of the features count downwards, so that those that share a place cancel each other out in the mean.
    const index = (hash >>> 1) % dimensions
    vector[index] = (vector[index] ?? 0) + (hash & 1 ? weight : -weight)
  }
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const weight = isEmpty(word) ? 0.2 : 1
    add(word, weight)
    for (const run of runsOf(` ${word} `)) add(` ${run}`, weight / 3)
  }
  const length = Math.hypot(...vector)
  if (length > 0) return vector.map((value) => value / length)
  // What has no words at all is like nothing else, but has a direction all the same.
  vector[hashOf(text) % dimensions] = 1
  return vector
}

function runsOf(word: string): string[] {
  const letters = Array.from(word)
  return letters.slice(0, -2).map((_, index) => letters.slice(index, index + 3).join(''))
}

/** FNV-1a, whose bits are stirred once more, since the lowest of short texts are alike. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
