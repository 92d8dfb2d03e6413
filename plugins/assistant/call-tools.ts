import type { ToolCall } from 'plugboard/interfaces/llm'
import type { Context } from './context.ts'
import type { Call, Round } from './memory.ts'

/** What a model calls at once. */
export interface CallsOfRound {
  readonly round: number
  readonly calls: readonly Pick<ToolCall, 'name' | 'input'>[]
  /** What was called before for the same answer. */
  readonly before: readonly Round[]
}

/** Calls tools beside one another. What fails is a result, by which the model may find another way. */
export async function callTools(
  { configuration, tools, logger }: Pick<Context, 'configuration' | 'tools' | 'logger'>,
  { round, calls, before }: CallsOfRound,
): Promise<Call[]> {
  const left = configuration.toolCalls - before.reduce((sum, one) => sum + one.calls.length, 0)
  return Promise.all(
    calls.map(async ({ name, input }, index): Promise<Call> => {
      const tool = tools.find((one) => one.name === name)
      const told = { name: tool?.name ?? asName(name), input }
      if (!tool) return { ...told, result: `there is no such tool; there are ${namesOf(tools)}`, isError: true }
      if (index >= left) return { ...told, result: 'no more calls are made for this answer', isError: true }
      logger.debug(`the model calls '${name}'`)
      const { output, error } = await tool.call(input, { step: `${round}/${index}` })
      const result = error ? `${error.code}: ${error.message}` : JSON.stringify(output)
      return { ...told, result: shortened(result, configuration.toolResultCharacters), isError: error !== undefined }
    }),
  )
}

const namesOf = (tools: Context['tools']): string => tools.map(({ name }) => name).join(', ')

/** A name that the next vendor takes, too, whatever the model has made up. */
const asName = (name: string): string => name.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'unknown'

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most)} … (the first ${most} of ${text.length} characters)`
