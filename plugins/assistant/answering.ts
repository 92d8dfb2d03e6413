import { PlugboardError } from 'plugboard'
import type { StopReason, ToolCall } from 'plugboard/interfaces/llm'
import { callTools } from './call-tools.ts'
import type { Context } from './context.ts'
import type { Turn } from './history.ts'
import { Pieces } from './pieces.ts'
import { promptOf } from './prompt.ts'
import { paragraph } from './spoken.ts'
import type { Round } from './memory.ts'
import { Withheld } from './withheld.ts'

/** What is to be answered. */
export interface Question {
  readonly asked: string
  readonly history: readonly Turn[]
}

/** What a model says once it is asked. */
interface Answer {
  readonly content: string
  readonly calls: readonly Pick<ToolCall, 'name' | 'input'>[]
  readonly stopReason: StopReason
}

/**
 * The answer, piece by piece, while the model makes it; what it calls meanwhile is put into `rounds`. Whatever a model has said
 * or called for an answer is a step: an attempt after a restart goes on from there, also with another provider.
 * @throws {Withheld} where there is no answer, for a reason that trying again does not change.
 */
export async function* answering(
  context: Context,
  question: Question,
  rounds: Round[],
): AsyncGenerator<string, void, void> {
  const { client, configuration } = context
  let isSilent = true
  for (let round = 1; ; round += 1) {
    const mayCall = round <= configuration.toolRounds
    const pieces = new Pieces()
    const asking = client
      .step(`answer ${round}`, () => ask(context, question, { rounds, mayCall, pieces }))
      .finally(() => pieces.end())
    // Whoever reads the pieces looks at it afterwards.
    asking.catch(() => {})
    const wasSilent = isSilent
    for await (const piece of paragraph(pieces, wasSilent)) {
      isSilent = false
      yield piece
    }
    const { content, calls, stopReason } = await asking
    // A step of an earlier attempt gives no pieces.
    if (!pieces.hadAny)
      for await (const piece of paragraph([content], wasSilent)) {
        isSilent = false
        yield piece
      }
    if (stopReason === 'contentFilter') throw new Withheld('filtered')
    if (calls.length === 0) {
      if (stopReason !== 'length') return
      if (isSilent) throw unfinished('has reached its limit before it said anything')
      if (configuration.cutOff !== '') yield configuration.cutOff
      return
    }
    if (!mayCall) {
      if (isSilent) throw unfinished('calls tools where it has to answer')
      return
    }
    rounds.push({ content, calls: await callTools(context, { round, calls, before: rounds }) })
  }
}

/** Asks the model once, with less of what was said before for as long as it is too much. */
async function ask(
  { configuration, interfaces, tools, logger }: Context,
  { asked, history }: Question,
  {
    rounds,
    mayCall,
    pieces,
  }: { readonly rounds: readonly Round[]; readonly mayCall: boolean; readonly pieces: Pieces },
): Promise<Answer> {
  const { systemPrompt, model, temperature, maxTokens, vendorOptions } = configuration
  for (let kept = history; ; kept = kept.slice(Math.ceil(kept.length / 2))) {
    // Looked up with the call itself: the binding may change between two of them.
    const withTools = tools.length > 0 && interfaces.llm.capabilities.includes('tools')
    const answer = interfaces.llm.streamContent({
      model,
      temperature,
      maxTokens,
      vendorOptions,
      ...promptOf({ systemPrompt, history: kept, asked, rounds, withTools }),
      ...(withTools && {
        tools: tools.map(({ name, description, inputSchema }) => ({
          name,
          description,
          inputSchema: { ...inputSchema },
        })),
        toolChoice: mayCall ? ('auto' as const) : ('none' as const),
      }),
    })
    try {
      for await (const part of answer) if (part.type === 'text') pieces.push(part.text)
      const { content, toolCalls, stopReason } = await answer.output()
      const calls = withTools ? toolCalls.map(({ name, input }) => ({ name, input })) : []
      return { content, calls, stopReason }
    } catch (error) {
      if (!PlugboardError.isInstance(error) || error.code !== 'context_exceeded') throw error
      if (kept.length === 0) throw new Withheld('tooLong')
      logger.info('the conversation is too long for the model, and is cut', { turns: kept.length })
    }
  }
}

const unfinished = (what: string): PlugboardError =>
  new PlugboardError({ code: 'vendor_failed', message: `the model ${what}` })
