import type { LanguageModelResponse, Message } from 'plugboard/interfaces/llm'

/** What is sent in every call: a short conversation, in the terms of the interface `llm`. */
export const request: { model: { id: string }; systemPrompt: string; messages: Message[]; temperature: number } = {
  model: { id: 'large' },
  systemPrompt: 'You answer the customers of a bookshop.',
  messages: [
    { role: 'user', content: 'Where is my order?' },
    { role: 'assistant', content: 'Which number does it have?' },
    { role: 'user', content: 'It is 4711.' },
    { role: 'assistant', content: 'It left our house this morning.' },
    { role: 'user', content: 'When will it be here?' },
  ],
  temperature: 1,
}

/** What every handler answers, at once: the way there is what is measured. */
export const response: LanguageModelResponse = {
  id: 'answer-1',
  provider: 'instant',
  model: { id: 'large' },
  content: 'Tomorrow before noon.',
  toolCalls: [],
  stopReason: 'stop',
  usage: { inputTokens: 51, outputTokens: 7 },
}
