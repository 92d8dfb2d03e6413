/** A part of an answer, as `llm` gives it. */
type Part = { readonly type: 'text'; readonly text: string } | { readonly type: 'toolCall' }

/** The text of an answer, piece by piece; undefined, once the answer is whole, for one that says nothing. */
export async function spoken(answer: AsyncIterable<Part>): Promise<AsyncIterable<string> | undefined> {
  const texts = textsOf(answer)
  let silence = ''
  for (;;) {
    const { value, done } = await texts.next()
    if (done) return undefined
    silence += value
    if (silence.trim() !== '') return from(silence, texts)
  }
}

async function* textsOf(answer: AsyncIterable<Part>): AsyncGenerator<string, void, void> {
  for await (const part of answer) if (part.type === 'text') yield part.text
}

async function* from(first: string, rest: AsyncGenerator<string, void, void>): AsyncGenerator<string, void, void> {
  yield first
  yield* rest
}
