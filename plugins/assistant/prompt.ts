import type { Message } from 'plugboard/interfaces/llm'
import type { Turn } from './history.ts'
import type { Call, Round } from './memory.ts'

/** What is said to a model: portable, since nothing of it comes from a vendor. */
export interface Prompt {
  readonly systemPrompt: string
  readonly messages: Message[]
}

/** What a prompt is made from. */
export interface PromptParts {
  readonly systemPrompt: string
  readonly history: readonly Turn[]
  /** The message that is answered. */
  readonly asked: string
  /** What was called for it so far. */
  readonly rounds: readonly Round[]
  /** Whether the model is offered tools. One that is not is told in words what they gave: vendors refuse calls of tools that they were not offered. */
  readonly withTools: boolean
}

/** Writes what is said to a model. Calls are numbered anew each time, in a form that every vendor takes: nine letters and digits. */
export function promptOf({ systemPrompt, history, asked, rounds, withTools }: PromptParts): Prompt {
  const messages: Message[] = []
  const told: string[] = []
  let count = 0
  const add = ({ content = '', calls }: Round): void => {
    if (!withTools) {
      told.push(...calls.map(inWords))
      return
    }
    const numbered = calls.map((call) => {
      count += 1
      return { ...call, id: `call${String(count).padStart(5, '0')}` }
    })
    const toolCalls = numbered.map(({ id, name, input }) => ({ id, name, input }))
    messages.push({ role: 'assistant', content, toolCalls })
    for (const { id, name, result, isError } of numbered)
      messages.push({ role: 'tool', toolCallId: id, toolName: name, content: result, ...(isError && { isError }) })
  }
  // Vendors want a conversation to begin with the user, also one that the bot began.
  if (history[0]?.role === 'assistant') messages.push({ role: 'user', content: '…' })
  for (const { role, content, use } of history) {
    messages.push({ role, content })
    use?.rounds.forEach(add)
  }
  messages.push({ role: 'user', content: asked })
  rounds.forEach(add)
  return {
    systemPrompt: told.length === 0 ? systemPrompt : `${systemPrompt}\n\n${known}\n${told.join('\n')}`,
    messages,
  }
}

const known = 'In this conversation these actions were taken for the user, and gave:'

const inWords = ({ name, input, result, isError }: Call): string =>
  `- ${name} ${JSON.stringify(input)}: ${isError ? 'it failed, ' : ''}${result}`
