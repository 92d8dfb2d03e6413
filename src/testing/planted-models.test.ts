import scripted from '@plugboard/scripted'
import { PlugboardError, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm/contract'
import { describe, expect, it } from 'vitest'
import { type Answer, both, type Stream, streaming } from './planted-models.fixture.ts'
import { deaf, failing, failuresOf, given, giving, type Plant } from './planted.fixture.ts'

/** A signal that nobody aborts. */
const unheard = (): AbortSignal => new AbortController().signal

const says = (text: string, error: PlugboardError) =>
  both(failing(({ messages }) => (messages?.at(-1)?.content === text ? error : undefined)))
const asked = (content: string) => ({ input: { messages: [{ role: 'user', content }] } })
const limited = (more: object) => new PlugboardError({ code: 'vendor_rate_limited', message: 'slow down', ...more })

const plants: Plant[] = [
  {
    wrong: 'drops the first message',
    caughtBy: 'llm/reads-the-whole-conversation',
    change: both(given((input) => ({ ...input, messages: (input.messages ?? []).slice(-1) }))),
  },
  {
    wrong: 'drops a message in the middle',
    caughtBy: 'llm/reads-the-whole-conversation',
    change: both(given((input) => ({ ...input, messages: (input.messages ?? []).filter((_, index) => index !== 2) }))),
  },
  {
    wrong: 'drops what tools gave',
    caughtBy: 'llm/reads-the-results-of-tools',
    change: both(
      given((input) => ({ ...input, messages: (input.messages ?? []).filter(({ role }) => role !== 'tool') })),
    ),
  },
  {
    wrong: 'takes no ids of calls but its own',
    caughtBy: 'llm/reads-the-results-of-several-tools',
    change: both(
      failing(({ messages = [] }) =>
        messages.some(({ toolCallId = 'call' }) => !toolCallId.startsWith('call'))
          ? new PlugboardError({ code: 'vendor_refused', message: 'no such call' })
          : undefined,
      ),
    ),
  },
  {
    wrong: 'refuses a conversation in which a call was broken off',
    caughtBy: 'llm/goes-on-after-a-call-that-was-broken-off',
    change: both(
      failing(({ messages = [] }) => {
        const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls)
        const hasResult = (id: string) => messages.some(({ toolCallId }) => toolCallId === id)
        return calls.every(({ id }) => hasResult(id))
          ? undefined
          : new PlugboardError({ code: 'vendor_refused', message: 'a result is missing' })
      }),
    ),
  },
  {
    wrong: 'ends an aborted stream as done',
    caughtBy: 'streamContent/abort-stream',
    change: {
      streamContent: (run) =>
        async function* (props) {
          const stream = run({ ...props, signal: unheard() }) as Stream
          for (;;) {
            const step = await stream.next()
            if (step.done) return step.value
            if (!props.signal.aborted) yield step.value
          }
        },
    },
  },
  {
    wrong: 'gives more after it was aborted',
    caughtBy: 'streamContent/abort-stream',
    change: { streamContent: (run) => (props) => run({ ...props, signal: unheard() }) },
  },
  {
    wrong: 'goes on working after it was aborted',
    caughtBy: 'generateContent/abort',
    change: { generateContent: deaf },
  },
  {
    wrong: "ignores 'stop'",
    caughtBy: 'llm/honours-stop',
    change: both(given(({ stop: _, ...input }) => input)),
  },
  {
    wrong: "ignores 'stop' where it streams",
    caughtBy: 'llm/honours-stop-in-streams',
    change: { streamContent: given(({ stop: _, ...input }) => input) },
  },
  {
    wrong: 'answers by another model than the one that was asked',
    caughtBy: 'llm/answers-by-its-own-model',
    change: both(given((input) => ({ ...input, model: { id: 'scripted-large' } }))),
  },
  {
    wrong: 'gives the id of a model that is not its own',
    caughtBy: 'generateContent/output',
    change: { generateContent: giving((output: Answer) => ({ ...output, model: { id: 'somebody-elses' } })) },
  },
  {
    wrong: 'answers a bad input',
    caughtBy: 'generateContent/invalid-input',
    says: z.any(),
  },
  {
    wrong: 'swallows the calls of tools',
    caughtBy: 'llm/calls-a-tool',
    change: { generateContent: giving((output: Answer) => ({ ...output, toolCalls: [] })) },
  },
  {
    wrong: 'swallows the calls of tools where it streams',
    caughtBy: 'llm/calls-a-tool-in-a-stream',
    change: {
      streamContent: streaming(async function* (stream) {
        let step = await stream.next()
        for (; !step.done; step = await stream.next()) if (step.value.type === 'text') yield step.value
        return step.value
      }),
    },
  },
  {
    wrong: 'gives two calls one id',
    caughtBy: 'llm/calls-a-tool',
    change: {
      generateContent: giving((output: Answer) => ({
        ...output,
        toolCalls: [...output.toolCalls, ...output.toolCalls],
      })),
    },
  },
  {
    wrong: 'calls a tool that it must not call',
    caughtBy: 'llm/calls-no-tool',
    change: both(given((input) => (input['toolChoice'] === 'none' ? { ...input, toolChoice: 'required' } : input))),
  },
  {
    wrong: 'loses the first part of a stream',
    caughtBy: 'llm/streams-what-it-answers',
    change: {
      streamContent: streaming(async function* (stream) {
        await stream.next()
        return yield* stream
      }),
    },
  },
  {
    wrong: 'gives a part of a stream twice',
    caughtBy: 'llm/streams-what-it-answers',
    change: {
      streamContent: streaming(async function* (stream) {
        const first = await stream.next()
        if (first.done) return first.value
        yield first.value
        yield first.value
        return yield* stream
      }),
    },
  },
  {
    wrong: 'ends a stream without an output',
    caughtBy: 'streamContent/output',
    change: {
      streamContent: streaming(async function* (stream) {
        yield* stream
      }),
    },
  },
  {
    wrong: 'streams what is no part',
    caughtBy: 'streamContent/output',
    change: {
      streamContent: streaming(async function* (stream) {
        yield { type: 'thought', text: 'hm' }
        return yield* stream
      }),
    },
  },
  {
    wrong: 'streams nothing and ends with all',
    caughtBy: 'streamContent/output',
    change: {
      // oxlint-disable-next-line eslint/require-yield -- that is what is wrong
      streamContent: streaming(async function* (stream) {
        for (;;) {
          const step = await stream.next()
          if (step.done) return step.value
        }
      }),
    },
  },
  {
    wrong: 'counts less than nothing',
    caughtBy: 'generateContent/output',
    change: {
      generateContent: giving((output: Answer) => ({ ...output, usage: { inputTokens: -1, outputTokens: 0 } })),
    },
  },
  {
    wrong: 'throws an error without a code',
    caughtBy: 'errors/typed',
    change: both(failing(({ temperature }) => (temperature === undefined ? undefined : new Error('400 Bad Request')))),
  },
  {
    wrong: 'refuses what fits',
    caughtBy: 'generateContent/valid-input',
    change: {
      generateContent: failing(({ temperature }) =>
        temperature === undefined ? undefined : new PlugboardError({ code: 'input_invalid', message: 'too warm' }),
      ),
    },
  },
  {
    wrong: 'does not say how long a platform asks to wait',
    caughtBy: 'situations/rateLimited',
    change: says('be quick', limited({ retryable: true })),
    options: { situations: { rateLimited: { ...asked('be quick'), retryAfter: 7000 } } },
  },
  {
    wrong: 'says that to wait is no use',
    caughtBy: 'errors/retryable',
    change: says('be quick', limited({ retryable: false })),
    options: { situations: { rateLimited: asked('be quick') } },
  },
  {
    wrong: 'takes wrong credentials for a bad moment',
    caughtBy: 'situations/unauthorized',
    change: says('who am I?', new PlugboardError({ code: 'vendor_unavailable', message: 'no', retryable: true })),
    options: { situations: { unauthorized: asked('who am I?') } },
  },
  {
    wrong: 'gives another’s name',
    caughtBy: 'llm/names-itself',
    change: { generateContent: giving((output: object) => ({ ...output, provider: 'another' })) },
  },
  {
    wrong: 'has no models',
    caughtBy: 'llm/lists-its-models',
    change: { listLanguageModels: () => async () => ({ models: [] }) },
  },
  {
    wrong: 'lists other models every time',
    caughtBy: 'listLanguageModels/cacheable',
    change: {
      listLanguageModels: (run) => {
        let count = 0
        return async (props) => {
          const { models } = (await run(props)) as { models: unknown[] }
          count += 1
          return { models: count % 2 === 0 ? models.toReversed() : models }
        }
      },
    },
  },
  {
    wrong: 'refuses a model that it has listed',
    caughtBy: 'entities/modelRef',
    change: both(
      failing(({ model }) =>
        (model as { id: string } | undefined)?.id === 'scripted-small'
          ? new PlugboardError({ code: 'vendor_refused', message: 'no such model' })
          : undefined,
      ),
    ),
  },
  {
    wrong: 'says that it waits for tools where it calls none',
    caughtBy: 'llm/says-why-it-stopped',
    change: { generateContent: giving((output: object) => ({ ...output, stopReason: 'toolCalls' })) },
  },
]

describe('a language model', () => {
  it.each(plants)('that $wrong is caught by $caughtBy', async (plant) => {
    expect(await failuresOf(llm, scripted, plant)).toContain(plant.caughtBy)
  })
})
