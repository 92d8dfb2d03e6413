import type { Outline } from './outline.ts'

/** A piece of a document, as it is found. */
export interface Passage {
  /** The headings above it, the outermost first. */
  readonly heading: string
  readonly text: string
}

/** How a document is cut. */
export interface Cutting {
  /** The longest passage, in characters. */
  readonly passageLength: number
  /** With how many characters of the one before a passage begins. */
  readonly overlap: number
}

/** Cuts a document: under each heading by itself, and where that is too long, between paragraphs, sentences or words. */
export function passagesOf({ sections }: Outline, cutting: Cutting): Passage[] {
  return sections.flatMap(({ headings, text }) => {
    const heading = headings.join(' › ')
    return pieces(text, cutting).map((piece) => ({ heading, text: piece }))
  })
}

function pieces(text: string, { passageLength, overlap }: Cutting): string[] {
  const found: string[] = []
  let start = 0
  while (start < text.length) {
    const end = text.length - start <= passageLength ? text.length : cutBetween(text, start, start + passageLength)
    const piece = text.slice(start, end).trim()
    if (piece !== '') found.push(piece)
    if (end === text.length) break
    start = Math.max(start + 1, wordAfter(text, end - Math.min(overlap, Math.floor(passageLength / 2)), end))
  }
  return found
}

/** Where a piece that begins at `start` ends: at the last good place of its second half, or at its full length. */
function cutBetween(text: string, start: number, most: number): number {
  const least = start + Math.ceil((most - start) / 2)
  // One more, which says whether a sentence ends with the last one.
  const half = text.slice(least, most + 1)
  for (const place of [/\n\n/g, /\n/g, /[.!?…:;](?=\s)|[。！？]/g, /\s/g]) {
    const ends = Array.from(half.matchAll(place), (hit) => least + hit.index + hit[0].length)
    const last = ends.findLast((end) => end <= most)
    if (last !== undefined) return last
  }
  return beforePair(text, most)
}

/** The beginning of the next word from a place on; the place itself where there is none before the end. */
function wordAfter(text: string, from: number, end: number): number {
  if (from >= end) return end
  const hit = text.slice(from - 1, end).search(/\s\S/)
  return hit === -1 ? beforePair(text, from) : from + hit
}

/** A place that is not in the middle of a character of two code units. */
function beforePair(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
