import { z } from 'zod'

/** The schema of bytes. */
// An interface keeps its name in declaration files.
export interface BytesSchema extends z.core.$ZodType<Uint8Array, Uint8Array> {}

/** The schema of content that may be longer than memory holds. */
export interface ContentSchema extends z.core.$ZodType<Content, Content> {}

/**
 * Bytes, or a function that opens a stream of them from the start. It is called anew for each attempt, so that a call which
 * broke can be repeated: `() => createReadStream(path)`, `() => blob.stream()`.
 */
export type Content = Uint8Array | (() => AsyncIterable<Uint8Array>)

const isBytes = (value: unknown): boolean => value instanceof Uint8Array

/** Bytes, passed as they are: for inputs, outputs and items of actions. Entities and what is stored hold JSON alone, which has no bytes. */
export const bytes: BytesSchema = z.custom<Uint8Array>(isBytes, 'Invalid input: expected bytes (Uint8Array)')

/** Bytes at once or as a stream, passed as they are: for inputs of actions. */
export const content: ContentSchema = z.custom<Content>(
  (value) => isBytes(value) || typeof value === 'function',
  'Invalid input: expected bytes (Uint8Array) or a function that opens a stream of them',
)
