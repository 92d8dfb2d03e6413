import type { Configuration, Message, Question, Tool, ToolCall } from './exchange.ts'
import type { Failure } from './failure.ts'
import { firstOwnRule, type OwnRule } from './own-rules.ts'
import { filled, filledWithin } from './pattern.ts'
import { readPersona } from './persona.ts'
import { picturesOf, tellPictures } from './pictures.ts'
import { knownReply, reply } from './rules.ts'
import { shortened, styled } from './styles.ts'
import { fillSchema } from './tools/fill-schema.ts'
import { latestResults, replyToResults, tellResults } from './tools/tell-results.ts'
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
 * rules of conversation, and last the developer's fallbacks; where one of these applies, no tool is guessed. A text that the
 * system prompt wants rewritten is no question, and none of them answers it. Where data is wanted, it is found in what would
 * be answered by, or in what the user says.
 */
export function decide(question: Question, configuration: Pick<Configuration, 'rules' | 'results' | 'seed'>): Decision {
  const { messages, model, responseFormat, tools = [], toolChoice = 'auto' } = question
  const persona = readPersona(question.systemPrompt)
  const turn = readTurn(messages, persona, question.vendorOptions?.seed ?? configuration.seed)
  const offered = toolChoice === 'none' ? [] : tools
  const results = latestResults(messages)
  const ownRules = (isFallback: boolean): Decision | undefined => {
    if (results.length > 0) return undefined
    const rules = configuration.rules.filter(({ fallback }) => fallback === isFallback)
    return byOwnRule(turn, rules, offered, messages)
  }
  const own = ownRules(false)
  if (own) return own
  const isRequired = toolChoice === 'required'
  const fallback = responseFormat || persona.rewrites ? undefined : ownRules(true)
  // One whose tool is not offered, and that has no reply for that, leaves it to the others.
  const last =
    fallback && (fallback.fail || fallback.text !== '' || fallback.toolCalls.length > 0) ? fallback : undefined
  if (last && isRequired && last.toolCalls.length > 0) return last
  const isGuessed = results.length === 0 && !persona.rewrites && (isRequired || !last)
  const use = isGuessed ? useTool(turn, offered, isRequired) : undefined
  if (use && 'call' in use) return call(use.call, messages)
  if (responseFormat) {
    const found = fillSchema(results.length > 0 ? tellResults(results) : turn.said, responseFormat)
    return say(JSON.stringify(found))
  }
  if (persona.rewrites) return say(styled(turn.said, persona.styles))
  const express = (text: string): Decision =>
    say(styled(model?.id === 'scripted-small' ? shortened(text) : text, persona.styles))
  if (results.length > 0) {
    const told = replyToResults(results, configuration.results)
    return told === undefined ? express(tellResults(results)) : say(told)
  }
  const pictures = picturesOf(messages)
  if (pictures.length > 0) return express(tellPictures(pictures))
  if (use) return express(use.question)
  if (!last) return express(reply(turn))
  const known = knownReply(turn)
  return known === undefined ? last : express(known)
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
