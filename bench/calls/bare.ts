import { z } from 'plugboard'
import { definition, handlers } from './instant.ts'

// The very schemas that the integration has after it extended, so that both sides do the same parsing.
const { generateContent, measure } = definition.actions

/** The least that a validated call can cost: the two `parse` calls around a bare asynchronous function. */
export async function bareGenerate(input: unknown) {
  z.parse(generateContent.input.schema, input)
  return z.parse(generateContent.output.schema, await handlers.generateContent())
}

export async function bareMeasure(input: unknown) {
  return z.parse(measure.output.schema, await handlers.measure({ input: z.parse(measure.input.schema, input) }))
}
