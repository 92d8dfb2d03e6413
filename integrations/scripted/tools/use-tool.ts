import type { Tool, ToolCall } from '../exchange.ts'
import type { Turn } from '../turn.ts'
import { chooseTool } from './choose-tool.ts'
import { fillArguments } from './fill-arguments.ts'

/** What is done about a turn by way of tools: a call, or a question for what a call lacks. */
export type ToolUse = { readonly call: Pick<ToolCall, 'name' | 'input'> } | { readonly question: string }

/** Finds the tool that a turn is about, and its arguments; undefined where it is about none. */
export function useTool(turn: Turn, tools: readonly Tool[], isRequired: boolean): ToolUse | undefined {
  const { tool = chooseTool(turn.text, tools, isRequired), text } = asked(turn, tools) ?? { text: turn.text }
  if (!tool) return undefined
  const { input, missing } = fillArguments(text, tool)
  if (missing.length === 0 || isRequired) return { call: { name: tool.name, input } }
  return { question: `To call ${tool.name} I need: ${missing.join(', ')}. What shall it be?` }
}

/** The tool that the model asked for more about, and what was said of it, then and now. */
function asked({ text, earlier, replies }: Turn, tools: readonly Tool[]): { tool: Tool; text: string } | undefined {
  const [, name, missing = ''] = /^To call (\S+) I need: ([^.]+)\. What shall it be\?$/.exec(replies.at(-1) ?? '') ?? []
  const tool = tools.find((one) => one.name === name)
  const label = missing.includes(',') ? '' : `${missing}: `
  return tool && { tool, text: `${earlier.at(-1) ?? ''} ${label}${text}` }
}
