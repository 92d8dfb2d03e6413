/** A server-sent event. */
export interface Frame {
  readonly name: string
  readonly id: string | undefined
  /** What it says, as it was written; empty for a sign of life. */
  readonly data: string
}

/** Reads server-sent events as they come. `heard` is told of every piece, whatever is in it. */
export async function* framesOf(response: Response, heard: () => void): AsyncGenerator<Frame, void, void> {
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let rest = ''
  for (;;) {
    const part = await reader?.read()
    if (!part || part.done) return
    heard()
    const frames = (rest + decoder.decode(part.value, { stream: true })).split('\n\n')
    rest = frames.pop() ?? ''
    yield* frames.map(frameOf)
  }
}

function frameOf(text: string): Frame {
  let data = ''
  let name = 'message'
  let id: string | undefined
  for (const line of text.split('\n')) {
    if (line.startsWith('data: ')) data += line.slice(6)
    else if (line.startsWith('event: ')) name = line.slice(7)
    else if (line.startsWith('id: ')) id = line.slice(4)
  }
  return { name, id, data }
}
