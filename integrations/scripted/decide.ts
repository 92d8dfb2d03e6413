import type { Configuration, Message, Question, Tool, ToolCall } from './exchange.ts'
import type { Failure } from './failure.ts'
import { firstOwnRule, type OwnRule } from './own-rules.ts'
import { filled, filledWithin } from './pattern.ts'
import { readPersona } from './persona.ts'
import { picturesOf, tellPictures } from './pictures.ts'
import { reply } from './rules.ts'
import { shortened, styled } from './styles.ts'
import { fillSchema } from './tools/fill-schema.ts'
import { latestResults, tellResults } from './tools/tell-results.ts'
import { useTool } from './tools/use-tool.ts'
import { readTurn, type Turn } from './turn.ts'

/** What the model does about a question. */
export interface Decision {
  readonly text: string
  readonly toolCalls: ToolCall[]
  /** Milliseconds to wait before. */
  readonly delay: number
  readonly fail?: Failure | undefined
}

/**
 * Decides by rules alone. The developer's own rules come first, then the results of tools, then tools that fit, then the
 * rules of conversation; a text that the system prompt wants rewritten is no question, and none of them answers it. Where
 * data is wanted, it is found in what would be answered by, or in what the user says.
 */
export function decide(question: Question, configuration: Pick<Configuration, 'rules' | 'seed'>): Decision {
  const { messages, model, responseFormat, tools = [], toolChoice = 'auto' } = question
  const persona = readPersona(question.systemPrompt)
  const turn = readTurn(messages, persona, question.vendorOptions?.seed ?? configuration.seed)
  const offered = toolChoice === 'none' ? [] : tools
  const results = latestResults(messages)
  const own = results.length === 0 ? byOwnRule(turn, configuration.rules, offered, messages) : undefined
  if (own) return own
  const use = results.length > 0 || persona.rewrites ? undefined : useTool(turn, offered, toolChoice === 'required')
  if (use && 'call' in use) return call(use.call, messages)
  if (responseFormat) {
    const found = fillSchema(results.length > 0 ? tellResults(results) : turn.said, responseFormat)
    return say(JSON.stringify(found))
  }
  if (persona.rewrites) return say(styled(turn.said, persona.styles))
  const express = (text: string): Decision =>
    say(styled(model?.id === 'scripted-small' ? shortened(text) : text, persona.styles))
  if (results.length > 0) return express(tellResults(results))
  const pictures = picturesOf(messages)
  if (pictures.length > 0) return express(tellPictures(pictures))
  return express(use ? use.question : reply(turn))
}

function byOwnRule(
  { said, persona }: Turn,
  rules: readonly OwnRule[],
  offered: readonly Tool[],
  messages: readonly Message[],
): Decision | undefined {
  // What a rule answers is lost where a text is rewritten; that it fails is what a developer wants to try there, too.
  const own = firstOwnRule(persona.rewrites ? rules.filter(({ fail }) => fail !== undefined) : rules, said)
  if (!own) return undefined
  const { reply: text, delay, fail, toolCall } = own.rule
  if (toolCall && offered.some(({ name }) => name === toolCall.name)) {
    const input = filledWithin(toolCall.input, own.found) as ToolCall['input']
    return { ...call({ name: toolCall.name, input }, messages), delay, fail }
  }
  return { ...say(filled(text, own.found)), delay, fail }
}

function say(text: string): Decision {
  return { text, toolCalls: [], delay: 0 }
}

function call(given: Pick<ToolCall, 'name' | 'input'>, messages: readonly Message[]): Decision {
  const before = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []))
  return { text: '', toolCalls: [{ id: `call-${before.length + 1}`, ...given }], delay: 0 }
}
