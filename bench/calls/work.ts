import { z } from 'plugboard'

/** The work of one call: a conversation goes in, an answer comes out, both validated by schemas of an ordinary size. */
export const entity = z.object({ id: z.string() })

export const inputSchema = z.object({
  model: entity.optional(),
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })),
  temperature: z.number().default(1),
})
export const outputSchema = z.object({
  text: z.string(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
})

export type Given = z.input<typeof inputSchema>
export type Parsed = z.output<typeof inputSchema>
export type Answer = z.output<typeof outputSchema>

/** What is sent in every call. */
export const given: Given = {
  model: { id: 'large' },
  messages: [
    { role: 'user', content: 'Where is my order?' },
    { role: 'assistant', content: 'Which number does it have?' },
    { role: 'user', content: 'It is 4711.' },
    { role: 'assistant', content: 'It left our house this morning.' },
    { role: 'user', content: 'When will it be here?' },
  ],
}

/** What every side's handler does: next to nothing, so that the way there is what is measured. */
export const answer = (parsed: Parsed): Answer => ({
  text: `${parsed.messages.length} messages at ${parsed.temperature}`,
  usage: { inputTokens: 51, outputTokens: 7 },
})

/** The answer that each side must give before it is measured. */
export const expected: Answer = { text: '5 messages at 1', usage: { inputTokens: 51, outputTokens: 7 } }
