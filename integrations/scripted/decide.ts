import type { Configuration, Question, ToolCall } from './exchange.ts'
import type { Failure } from './failure.ts'
import { firstOwnRule } from './own-rules.ts'
import { filled, filledWithin } from './pattern.ts'
import { readPersona } from './persona.ts'
import { reply } from './rules.ts'
import { shortened, styled } from './styles.ts'
import { latestResults, tellResults } from './tools/tell-results.ts'
import { useTool } from './tools/use-tool.ts'
import { readTurn } from './turn.ts'

/** What the model does about a question. */
export interface Decision {
  readonly text: string
  readonly toolCalls: ToolCall[]
  /** Milliseconds to wait before. */
  readonly delay: number
  readonly fail?: Failure | undefined
}

/**
 * Decides by rules alone: what a system prompt asks to be rewritten is, the developer's own rules come first, then the
 * results of tools, then tools that fit, then the rules of conversation.
 */
export function decide(question: Question, configuration: Pick<Configuration, 'rules' | 'seed'>): Decision {
  const { messages, tools = [], toolChoice = 'auto' } = question
  const persona = readPersona(question.systemPrompt)
  const turn = readTurn(messages, persona, question.vendorOptions?.seed ?? configuration.seed)
  const results = latestResults(messages)
  const say = (text: string, more: Partial<Decision> = {}): Decision => ({ text, toolCalls: [], delay: 0, ...more })
  const call = (name: string, input: ToolCall['input'], more: Partial<Decision> = {}): Decision =>
    say('', { toolCalls: [{ id: `call-${callsBefore(messages) + 1}`, name, input }], ...more })

  if (results.length === 0) {
    // A text that is to be rewritten is no question, so a rule must not answer it; but a rule may let it fail.
    const rules = persona.rewrites ? configuration.rules.filter(({ fail }) => fail !== undefined) : configuration.rules
    const own = firstOwnRule(rules, turn.text)
    if (own) {
      const { delay, fail, toolCall } = own.rule
      const isOffered = toolChoice !== 'none' && tools.some(({ name }) => name === toolCall?.name)
      if (toolCall && isOffered)
        return call(toolCall.name, filledWithin(toolCall.input, own.found) as ToolCall['input'], { delay, fail })
      return say(filled(own.rule.reply, own.found), { delay, fail })
    }
  }
  if (persona.rewrites) return say(styled(turn.text, persona.styles))
  const express = (text: string): Decision =>
    say(styled(question.model?.id === 'scripted-small' ? shortened(text) : text, persona.styles))
  if (results.length > 0) return express(tellResults(results))
  const use = toolChoice === 'none' ? undefined : useTool(turn, tools, toolChoice === 'required')
  if (use && 'call' in use) return call(use.call.name, use.call.input)
  return express(use ? use.question : reply(turn))
}

function callsBefore(messages: Question['messages']): number {
  return messages.reduce(
    (count, message) => count + (message.role === 'assistant' ? (message.toolCalls?.length ?? 0) : 0),
    0,
  )
}
