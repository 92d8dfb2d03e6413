import { PlugboardError, type Where } from '../../errors/index.ts'

type Payload = Readonly<Record<string, unknown>>

/** By the type of a message: the field that pieces of text go into. */
const textFields: Readonly<Record<string, string>> = { text: 'text', markdown: 'markdown' }

/**
 * What a message holds after each part of the stream that it is made of: a piece of text goes behind the pieces before it,
 * a payload in the place of what was there.
 * @throws {PlugboardError} with the code `payload_invalid`, for a part that is neither, and for a stream without any.
 */
export async function* payloadsOf(
  type: string,
  stream: AsyncIterable<unknown>,
  where: Where,
): AsyncGenerator<Payload, void, void> {
  const field = Object.hasOwn(textFields, type) ? textFields[type] : undefined
  let payload: Payload | undefined
  for await (const part of stream) {
    if (typeof part === 'string' && field !== undefined) {
      if (part === '') continue
      payload = continued(payload, field, part)
    } else if (typeof part === 'object' && part !== null && !Array.isArray(part)) payload = part as Payload
    else throw invalid(`a part of a message '${type}' is ${field ? 'text or a payload' : 'a payload'}`, where)
    yield payload
  }
  if (!payload) throw invalid(`the stream of a message '${type}' has ended before its first part`, where)
}

function continued(payload: Payload | undefined, field: string, part: string): Payload {
  const before: unknown = payload?.[field]
  return { ...payload, [field]: `${typeof before === 'string' ? before : ''}${part}` }
}

const invalid = (message: string, where: Where): PlugboardError =>
  new PlugboardError({ code: 'payload_invalid', message, where })
