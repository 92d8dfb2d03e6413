import { PlugboardError, z } from 'plugboard'
import type { ResponseFormat } from './schemas.ts'

/** Reads the text of an answer as the data that was asked for. */
export type StructuredReader = (text: string) => z.core.util.JSONType

/**
 * Makes, from the format that a caller wants, what reads an answer in it: for implementations, which call it before they
 * ask their vendor.
 * @throws {PlugboardError} with the code `input_invalid`, for a JSON Schema by which nothing can be judged. The reader throws
 * one with the code `vendor_failed`, which is worth another attempt, for a text that is no JSON or does not fit the schema.
 */
export function structuredReader({ schema }: ResponseFormat): StructuredReader {
  const judge = judgeOf(schema)
  return (text) => {
    const value = parsed(text)
    const { error } = z.safeParse(judge, value)
    if (!error) return value
    throw new PlugboardError({
      code: 'vendor_failed',
      // What the values are is not told: they are what was said.
      message: `the answer does not fit \`responseFormat.schema\`: ${placesOf(error)}`,
      // A model that is asked again answers otherwise.
      retryable: true,
    })
  }
}

function judgeOf(schema: ResponseFormat['schema']): z.core.$ZodType {
  try {
    return z.fromJSONSchema(schema)
  } catch (error) {
    throw new PlugboardError({
      code: 'input_invalid',
      message: `\`responseFormat.schema\` cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      where: { path: 'responseFormat.schema' },
    })
  }
}

function parsed(text: string): z.core.util.JSONType {
  try {
    return JSON.parse(text) as z.core.util.JSONType
  } catch {
    throw new PlugboardError({
      code: 'vendor_failed',
      message: 'the answer was to be JSON and is not',
      retryable: true,
    })
  }
}

function placesOf({ issues }: z.core.$ZodError): string {
  const places = issues.map(({ path, code }) => `${path.length === 0 ? 'the whole' : path.join('.')} (${code})`)
  return places.slice(0, 5).join(', ') + (places.length > 5 ? ', …' : '')
}
