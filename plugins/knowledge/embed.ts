import { PlugboardError } from 'plugboard'
import type { Context } from './context.ts'

/** Vectors of length one, and what made them: those of another model cannot be compared with them. */
export interface Embedded {
  readonly model: string
  readonly vectors: readonly Float32Array[]
}

/** Embeds texts as the configuration says. */
export async function embed({ interfaces, configuration }: Context, texts: string[]): Promise<Embedded> {
  const { embeddingModel, dimensions } = configuration
  const made = await interfaces.embeddings.embed({ model: embeddingModel, dimensions, texts })
  if (made.vectors.length !== texts.length || made.vectors.some(({ length }) => length !== made.dimensions))
    throw new PlugboardError({
      code: 'vendor_failed',
      message: `${texts.length} texts were embedded, and ${made.vectors.length} vectors given, which should be as many, and of ${made.dimensions} dimensions each`,
    })
  return { model: `${made.model.id}/${made.dimensions}`, vectors: made.vectors.map(ofLengthOne) }
}

/** The same direction; of what has none, a vector that is like nothing. */
function ofLengthOne(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector)
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length))
}
