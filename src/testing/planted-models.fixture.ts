import type { Props } from './planted.fixture.ts'

export type Stream = AsyncGenerator<{ type: string; text?: string; toolCall?: object }, Answer, void>
export interface Answer {
  content: string
  toolCalls: { id: string }[]
  model: { id: string }
  usage: { inputTokens: number; outputTokens: number }
}

/** Another stream, made from the right one. */
export const streaming =
  (change: (stream: Stream, props: Props) => AsyncGenerator) => (run: (props: Props) => unknown) => (props: Props) =>
    change(run(props) as Stream, props)
/** Both ways of asking a model, changed alike. */
export const both = (change: (run: (props: Props) => unknown) => (props: Props) => unknown) => ({
  generateContent: change,
  streamContent: change,
})
