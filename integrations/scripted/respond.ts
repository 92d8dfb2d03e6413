import { structuredReader } from 'plugboard/interfaces/llm'
import type { Decision } from './decide.ts'
import type { Question, Response } from './exchange.ts'
import { models } from './models.ts'
import { countTokens, tokensOf } from './tokens.ts'

/** What a decision is as a response: cut where the question says, with what it used. */
export function respond(question: Question, { text, toolCalls }: Decision): Response {
  const { systemPrompt = '', messages, tools = [], maxTokens, stop = [], responseFormat } = question
  const read = responseFormat && structuredReader(responseFormat)
  const said = textBefore(text, stop)
  const pieces = tokensOf(said)
  const isLong = maxTokens !== undefined && pieces.length > maxTokens
  const content = isLong ? pieces.slice(0, maxTokens).join('') : said
  const asked = [
    systemPrompt,
    ...messages.map((message) => message.content),
    ...tools.map((tool) => JSON.stringify(tool)),
  ]
  const stopReason = isLong ? 'length' : toolCalls.length > 0 ? 'toolCalls' : 'stop'
  return {
    id: `scripted-${checksum(JSON.stringify([question, content, toolCalls]))}`,
    provider: 'scripted',
    model: question.model ?? models[0].model,
    content,
    ...(read && stopReason === 'stop' && { structured: read(content) }),
    toolCalls,
    stopReason,
    usage: {
      inputTokens: countTokens(asked),
      outputTokens: countTokens([content, ...toolCalls.map(({ name, input }) => `${name} ${JSON.stringify(input)}`)]),
    },
    cost: 0,
  }
}

/** The text before the first of the texts that end it. */
function textBefore(text: string, ends: readonly string[]): string {
  const found = ends.map((end) => text.indexOf(end)).filter((index) => index !== -1)
  return text.slice(0, Math.min(text.length, ...found))
}

/** Eight digits that tell one text from another (FNV-1a). */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
