import type { Json } from '../json.ts'
import type { Message } from '../exchange.ts'
import { filledResult, type ResultReply } from '../result-replies.ts'

type Result = Extract<Message, { role: 'tool' }>

/** The results that the conversation ends with. */
export function latestResults(messages: readonly Message[]): Result[] {
  const last = messages.findLastIndex(({ role }) => role !== 'tool')
  return messages.slice(last + 1).filter((message) => message.role === 'tool')
}

/** Answers with what tools gave, as the bot's developer wants it; undefined where one of them has no such answer. */
export function replyToResults(
  results: readonly Result[],
  replies: Readonly<Record<string, ResultReply>>,
): string | undefined {
  const texts: string[] = []
  for (const { toolName, content, isError = false } of results) {
    const own = Object.hasOwn(replies, toolName) ? replies[toolName] : undefined
    if (!own) return undefined
    texts.push(isError ? own.failed : filledResult(own, content))
  }
  return [...new Set(texts)].filter((text) => text !== '').join('\n')
}

/** Answers with what tools gave. */
export function tellResults(results: readonly Result[]): string {
  return results.map(tell).join('\n')
}

function tell({ toolName, content, isError = false }: Result): string {
  const said = readable(content)
  if (isError) return `I asked ${toolName}, but it failed${said === '' ? '.' : `: ${said}`}`
  return said === '' ? `${toolName} is done.` : `${toolName} says: ${said}`
}

/** JSON as words, other text as it is. */
function readable(content: string): string {
  try {
    return inWords(JSON.parse(content) as Json)
  } catch {
    return content.trim()
  }
}

function inWords(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(inWords).join('; ')
  if (typeof value !== 'object' || value === null) return value === null ? 'nothing' : String(value)
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${inWords(inner)}`)
    .join(', ')
}
