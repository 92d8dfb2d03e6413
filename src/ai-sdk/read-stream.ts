import type { LanguageModelV3StreamPart, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { Draft } from './answer.ts'
import type { Warning } from './warning.ts'

/**
 * Gives the pieces of the text as they come, and writes everything into the draft. Returns when the stream ends or the
 * signal aborts; whether the answer is complete is for the caller to see. Throws what the stream gives as an error.
 */
export async function* readStream(
  stream: ReadableStream<LanguageModelV4StreamPart> | ReadableStream<LanguageModelV3StreamPart>,
  draft: Draft,
  { signal, warn }: { readonly signal: AbortSignal; warn(warnings: readonly Warning[]): void },
): AsyncGenerator<{ type: 'text'; text: string }, void, void> {
  const reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart | LanguageModelV3StreamPart> = stream.getReader()
  // A stream that does not listen to the signal would hold up the caller who has gone.
  const leave = (): void => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  try {
    for (;;) {
      const { done, value: part } = await reader.read()
      if (done) break
      if (part.type === 'error') {
        if (isCutOff(part.error)) return
        throw part.error
      }
      if (part.type === 'stream-start') warn(part.warnings)
      else if (part.type === 'response-metadata')
        Object.assign(draft, { id: part.id ?? draft.id, modelId: part.modelId ?? draft.modelId })
      else if (part.type === 'tool-call') draft.calls.push(part)
      else if (part.type === 'finish') draft.finish = part
      else if (part.type === 'text-delta') yield* said(draft, draft.cut.next(part.delta))
    }
    if (!signal.aborted) yield* said(draft, draft.cut.rest())
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}

function* said(draft: Draft, text: string): Generator<{ type: 'text'; text: string }, void, void> {
  if (text === '') return
  draft.content += text
  yield { type: 'text', text }
}

/** One provider package tells of a connection that closed too early by an error of this message; others by no end at all. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && /stream ended without a finish reason/i.test(error.message)
}
