import { z } from 'plugboard'

const count = z.number().int().nonnegative()

/** What is counted of an ingestion. */
export const counts = {
  /** Files that can be read. */
  files: count,
  /** Files of other formats. */
  ignored: count,
  /** Files that were not read, since nothing of them was changed. */
  unchanged: count,
  /** Files that were taken in. */
  ingested: count,
  /** Files that are gone, and their passages with them. */
  removed: count,
  /** Passages that were embedded. */
  passages: count,
}

/** What an ingestion did. */
export const ingestionResult = z.object({
  ...counts,
  /** Files that could not be taken in. What was known of them before is kept. */
  failed: count,
  /** Of these, the first hundred. */
  failures: z.array(z.object({ source: z.string(), reason: z.string() })),
})

/** Where something was read. */
const place = {
  /** The path of the file. */
  source: z.string(),
  title: z.string(),
  /** The headings above it, the outermost first; empty where there is none. */
  heading: z.string(),
  /** The number of the passage in its file, from 1. */
  position: count,
  /** How near it is to the question: 1 for the same. */
  score: z.number(),
}

/** A passage that was found. */
export const passage = z.object({ ...place, text: z.string() })

/** An answer, and what it rests on. */
export const answer = z.object({
  /** Cites its sources by their numbers: `[1]`. */
  answer: z.string(),
  /** False where nothing that was read is near enough, or answers the question. */
  known: z.boolean(),
  /** The passages that the answer was made from. */
  sources: z.array(z.object({ number: count, ...place, /** Whether the answer cites it. */ cited: z.boolean() })),
})
