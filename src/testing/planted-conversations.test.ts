import scripted from '@plugboard/scripted'
import llm from 'plugboard/interfaces/llm/contract'
import { describe, expect, it } from 'vitest'
import { type Answer, both, streaming } from './planted-models.fixture.ts'
import { failuresOf, given, giving, type Plant, type Props } from './planted.fixture.ts'

type Messages = NonNullable<Props['input']['messages']>

const plants: Plant[] = [
  {
    wrong: 'drops the first message where it streams',
    caughtBy: 'llm/reads-the-whole-conversation-in-streams',
    change: { streamContent: given((input) => ({ ...input, messages: (input.messages ?? []).slice(-1) })) },
  },
  {
    wrong: 'drops the system prompt',
    caughtBy: 'llm/reads-the-system-prompt',
    change: both(given(({ systemPrompt: _, ...input }) => input)),
  },
  {
    wrong: 'remembers what was said in another conversation',
    caughtBy: 'llm/keeps-conversations-apart',
    change: {
      generateContent: (run) => {
        const said: Messages = []
        return (props) => {
          said.push(...(props.input.messages ?? []))
          return run({ ...props, input: { ...props.input, messages: [...said] } })
        }
      },
    },
  },
  {
    wrong: 'answers what was asked last, of all that is asked at the same time',
    caughtBy: 'llm/keeps-conversations-apart',
    change: {
      generateContent: (run) => {
        let last: Props['input'] = {}
        return async (props) => {
          last = props.input
          await new Promise((resolve) => {
            setImmediate(resolve)
          })
          return run({ ...props, input: last })
        }
      },
    },
  },
  {
    wrong: "takes the first text of 'stop' alone",
    caughtBy: 'llm/honours-stop',
    change: both(given((input) => ({ ...input, stop: (input['stop'] as string[] | undefined)?.slice(0, 1) }))),
  },
  {
    wrong: "takes the last text of 'stop' alone where it streams",
    caughtBy: 'llm/honours-stop-in-streams',
    change: {
      streamContent: given((input) => ({ ...input, stop: (input['stop'] as string[] | undefined)?.slice(-1) })),
    },
  },
  {
    wrong: 'gives another’s name where it streams',
    caughtBy: 'llm/names-itself-in-streams',
    change: {
      streamContent: streaming(async function* (stream) {
        return { ...(yield* stream), provider: 'another' }
      }),
    },
  },
  {
    wrong: 'streams by another model than the one that was asked',
    caughtBy: 'llm/names-itself-in-streams',
    change: { streamContent: given(({ model: _, ...input }) => ({ ...input, model: { id: 'scripted-large' } })) },
  },
  {
    wrong: 'says that every stream was cut short',
    caughtBy: 'llm/names-itself-in-streams',
    change: {
      streamContent: streaming(async function* (stream) {
        return { ...(yield* stream), stopReason: 'length' }
      }),
    },
  },
  {
    wrong: 'calls tools without what they need',
    caughtBy: 'llm/calls-a-tool',
    change: {
      generateContent: giving((output: Answer) => ({
        ...output,
        toolCalls: output.toolCalls.map((call) => ({ ...call, input: {} })),
      })),
    },
  },
  {
    wrong: 'reads what the last of several tools gave alone',
    caughtBy: 'llm/reads-the-results-of-several-tools',
    change: both(
      given((input) => ({
        ...input,
        messages: (input.messages ?? []).filter(({ role }, index, all) => role !== 'tool' || index === all.length - 1),
      })),
    ),
  },
]

describe('a language model in conversations', () => {
  it.each(plants)('that $wrong is caught by $caughtBy', async (plant) => {
    expect(await failuresOf(llm, scripted, plant)).toContain(plant.caughtBy)
  })
})
