import { PlugboardError } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import type { Message, ToolCall } from 'plugboard/interfaces/llm'
import { defineContract, demand, demandEqual, demandRefusal, type ScenarioContext, skip } from 'plugboard/testing'

type Context = ScenarioContext<(typeof llm)['$types']>
type Request = Parameters<Context['provider']['generateContent']>[0]
type Answer = Awaited<ReturnType<Context['provider']['generateContent']>>

const ask = (content: string): { messages: Message[] } => ({ messages: [{ role: 'user', content }] })
const lookUp = {
  name: 'look_up',
  description: 'Looks something up.',
  inputSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
}
/** A conversation in which everything that was said is needed to answer what is asked last. */
const told: Message[] = [
  { role: 'user', content: 'My name is Ada.' },
  { role: 'assistant', content: 'Nice to meet you.' },
  { role: 'user', content: 'My favourite colour is teal.' },
  { role: 'assistant', content: 'I will remember that.' },
]

/** Who says what they are called, and asks for it. */
const introduced = (name: string): { messages: Message[] } => ({
  messages: [
    { role: 'user', content: `My name is ${name}.` },
    { role: 'assistant', content: 'Nice to meet you.' },
    { role: 'user', content: 'What is my name?' },
  ],
})

/** A picture of one pixel. */
const dot = {
  data: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  contentType: 'image/png' as const,
}
const askedAsData = 'Which colour has the sky by day? Answer as data.'
const responseFormat = {
  name: 'sky',
  schema: {
    type: 'object',
    properties: { colour: { type: 'string' } },
    required: ['colour'],
    additionalProperties: false,
  },
}

/** What a language model promises. */
export default defineContract(llm, {
  samples: { generateContent: ask('hello'), streamContent: ask('hello'), listLanguageModels: {} },
  scenarios: [
    {
      name: 'names-itself',
      title: 'an answer says which integration gave it',
      async run({ provider, integration }) {
        const { provider: named } = await provider.generateContent(ask('hello'))
        demandEqual(named, integration, 'the provider of the answer')
      },
    },
    {
      name: 'lists-its-models',
      title: 'there is at least one model, and each has an id of its own',
      async run({ provider }) {
        const ids = (await provider.listLanguageModels({})).models.map(({ model }) => model.id)
        demand(ids.length > 0, 'there is no model')
        demandEqual(ids.length, new Set(ids).size, 'the number of models')
      },
    },
    {
      name: 'answers-by-its-own-model',
      title:
        'the model of an answer is the one that was asked, or a dated version of it, and one of the listed where none was',
      async run({ provider }) {
        const models = (await provider.listLanguageModels({})).models.map(({ model }) => model)
        for (const model of models.slice(0, 2)) {
          const answer = await provider.generateContent({ ...ask('hello'), model })
          const right = answer.model.id.startsWith(model.id)
          demand(right, `model '${model.id}' was asked, and '${answer.model.id}' answers`)
        }
        const { model } = await provider.generateContent(ask('hello'))
        const own = models.some(({ id }) => model.id.startsWith(id))
        demand(own, `'${model.id}' answers, which is none of its models`)
      },
    },
    {
      name: 'reads-the-whole-conversation',
      title: 'what was said before the last message counts, the first of it and the latest',
      async run({ provider }) {
        for (const [question, answer] of [
          ['What is my name?', 'Ada'],
          ['What is my favourite colour?', 'teal'],
        ] as const) {
          const { content } = await provider.generateContent({
            messages: [...told, { role: 'user', content: question }],
          })
          demand(content.toLowerCase().includes(answer.toLowerCase()), `asked '${question}', it says: ${content}`)
        }
      },
    },
    {
      name: 'reads-the-whole-conversation-in-streams',
      title: 'the same while it streams',
      capabilities: ['stream'],
      async run(context) {
        const messages: Message[] = [...told, { role: 'user', content: 'What is my name?' }]
        const { text } = await streamed(context, { messages })
        demand(text.includes('Ada'), `asked 'What is my name?', it streams: ${text}`)
      },
    },
    {
      name: 'reads-the-system-prompt',
      title: 'what the system prompt says counts',
      async run({ provider }) {
        const systemPrompt = 'Your name is Marvin.'
        const { content } = await provider.generateContent({ ...ask('What is your name?'), systemPrompt })
        demand(content.includes('Marvin'), `it was told that its name is Marvin, and says: ${content}`)
      },
    },
    {
      name: 'keeps-conversations-apart',
      title: 'an answer knows of its own conversation alone, whatever else is asked at the same time or was before',
      async run({ provider }) {
        const names = ['Ada', 'Grace', 'Edsger']
        const answers = await Promise.all(names.map((name) => provider.generateContent(introduced(name))))
        const { content: later } = await provider.generateContent(ask('What is my name?'))
        const contents = answers.map(({ content }) => content)
        for (const [index, name] of names.entries()) {
          demand(
            contents[index]?.includes(name) === true,
            `'${name}' asks for their name, and is told: ${contents[index]}`,
          )
          demand(!later.includes(name), `who has not said their name asks for it, and is told: ${later}`)
        }
      },
    },
    {
      name: 'honours-stop',
      title: "a text in 'stop' never appears in the answer",
      async run(context) {
        const { content: whole } = await context.provider.generateContent(ask('hello'))
        const word = wordWithin(whole)
        const { content } = await context.provider.generateContent({ ...ask('hello'), stop: stopsAt(word) })
        demand(!content.includes(word), `it was to stop before '${word}', and says: ${content}`)
      },
    },
    {
      name: 'honours-stop-in-streams',
      title: "a text in 'stop' never appears in a stream",
      capabilities: ['stream'],
      async run(context) {
        const { content: whole } = await context.provider.generateContent(ask('hello'))
        const word = wordWithin(whole)
        const { text, answer } = await streamed(context, { ...ask('hello'), stop: stopsAt(word) })
        demand(!text.includes(word), `it was to stop before '${word}', and says: ${text}`)
        demand(!answer.content.includes(word), `it was to stop before '${word}', and ends with: ${answer.content}`)
      },
    },
    {
      name: 'streams-what-it-answers',
      title: "the parts of a stream together are the 'content' and the 'toolCalls' that it ends with",
      capabilities: ['stream'],
      async run(context) {
        const { text, calls, answer } = await streamed(context, ask('hello'))
        demandEqual(text, answer.content, 'what was streamed')
        demandEqual(calls, answer.toolCalls, 'the calls that were streamed')
      },
    },
    {
      name: 'names-itself-in-streams',
      title: 'a stream ends with who answered, by which model, and why it stopped, as a whole answer does',
      capabilities: ['stream'],
      async run(context) {
        const { provider, integration } = context
        // Not the first one, which may be asked where none is.
        const asked = (await provider.listLanguageModels({})).models.slice(0, 2).at(-1)?.model
        const { answer } = await streamed(context, { ...ask('hello'), model: asked })
        demandEqual(answer.provider, integration, 'the provider of the answer')
        const right = asked !== undefined && answer.model.id.startsWith(asked.id)
        demand(right, `model '${asked?.id}' was asked, and '${answer.model.id}' answers`)
        demandEqual(answer.stopReason, 'stop', 'the reason to stop')
      },
    },
    {
      name: 'says-why-it-stopped',
      title: "an answer that calls no tool has not stopped for 'toolCalls'",
      async run({ provider }) {
        const { toolCalls, stopReason } = await provider.generateContent(ask('hello'))
        demandEqual(toolCalls, [], 'the calls of an answer to which no tool was offered')
        demand(stopReason !== 'toolCalls', "it stopped for 'toolCalls', and calls none")
      },
    },
    {
      name: 'calls-a-tool',
      title: 'a tool that must be called is called, by its name, and the answer waits for its result',
      capabilities: ['tools'],
      async run({ provider }) {
        demandCalls(
          await provider.generateContent({ ...ask('look up plugs'), tools: [lookUp], toolChoice: 'required' }),
        )
      },
    },
    {
      name: 'calls-a-tool-in-a-stream',
      title: 'the same while it streams, each call as one part',
      capabilities: ['stream', 'tools'],
      async run(context) {
        const request: Request = { ...ask('look up plugs'), tools: [lookUp], toolChoice: 'required' }
        const { text, calls, answer } = await streamed(context, request)
        demandCalls(answer)
        demandEqual(calls, answer.toolCalls, 'the calls that were streamed')
        demandEqual(text, answer.content, 'what was streamed')
      },
    },
    {
      name: 'calls-no-tool',
      title: 'a tool that must not be called is not called',
      capabilities: ['tools'],
      async run({ provider }) {
        const answer = await provider.generateContent({ ...ask('look up plugs'), tools: [lookUp], toolChoice: 'none' })
        const called = answer.toolCalls.map(({ name }) => name)
        demandEqual(called, [], 'what is called by an answer that must not call')
      },
    },
    {
      name: 'reads-the-results-of-tools',
      title: 'what a tool gave counts in the answer',
      capabilities: ['tools'],
      async run({ provider }) {
        const { content } = await provider.generateContent({
          messages: [
            { role: 'user', content: 'look up plugs' },
            {
              role: 'assistant',
              content: '',
              toolCalls: [{ id: 'call-1', name: lookUp.name, input: { query: 'plugs' } }],
            },
            { role: 'tool', toolCallId: 'call-1', toolName: lookUp.name, content: 'marmalade' },
          ],
          tools: [lookUp],
        })
        demand(content.includes('marmalade'), `the tool gave 'marmalade', and the answer is: ${content}`)
      },
    },
    {
      name: 'reads-the-results-of-several-tools',
      title: 'what each of several calls gave counts in the answer, whoever made them, by whatever ids',
      capabilities: ['tools'],
      async run({ provider }) {
        const results = ['marmalade', 'treacle']
        const ids = ['toolu_01ABCdefghijklmnopqrstuvwxyz0123456789ABCDEF', 'functions.look_up:1']
        const { content } = await provider.generateContent({
          messages: [
            { role: 'user', content: 'look up plugs' },
            {
              role: 'assistant',
              content: '',
              toolCalls: ids.map((id) => ({ id, name: lookUp.name, input: { query: 'plugs' } })),
            },
            ...results.map((given, index): Message => ({
              role: 'tool',
              toolCallId: ids[index] ?? '',
              toolName: lookUp.name,
              content: given,
            })),
          ],
          tools: [lookUp],
        })
        const lost = results.find((given) => !content.includes(given))
        demand(lost === undefined, `a tool gave '${lost}', and the answer is: ${content}`)
      },
    },
    {
      name: 'goes-on-after-a-call-that-was-broken-off',
      title: 'a conversation goes on after a call that has no result',
      capabilities: ['tools'],
      async run({ provider }) {
        const { content } = await provider.generateContent({
          messages: [
            { role: 'user', content: 'look up plugs' },
            { role: 'assistant', content: '', toolCalls: [{ id: 'call-1', name: lookUp.name, input: {} }] },
            ...ask('hello').messages,
          ],
        })
        demand(content !== '', 'it says nothing')
      },
    },
    {
      name: 'takes-pictures',
      title: 'a picture can be shown with a text, and be all that is said',
      capabilities: ['imageInput'],
      async run({ provider }) {
        for (const content of ['What is this?', '']) {
          const messages: Message[] = [{ role: 'user', content, images: [dot] }]
          const { content: said, stopReason } = await provider.generateContent({ messages })
          demand(said !== '' || stopReason !== 'stop', `shown a picture with '${content}', it says nothing`)
        }
      },
    },
    {
      name: 'fetches-no-pictures-within',
      title: "a picture's URL is never fetched within the bot's own network",
      capabilities: ['imageInput'],
      async run({ provider }) {
        const images = [{ url: 'http://127.0.0.1:9/cat.png' }]
        const error = await failureOf(
          provider.generateContent({ messages: [{ role: 'user', content: 'What is this?', images }] }),
        )
        // What hands the URL on to a vendor may well be answered. What is told to be out of reach was asked for from here.
        const right = error === undefined || ['address_refused', 'vendor_refused', 'input_invalid'].includes(error)
        demand(right, `shown a picture of the bot's own network, it fails with '${error}'`)
      },
    },
    {
      name: 'answers-as-data',
      title: 'an answer that is to be data is its content as data, and fits the schema',
      capabilities: ['structuredOutput'],
      async run({ provider }) {
        demandData(await provider.generateContent({ ...ask(askedAsData), responseFormat }))
      },
    },
    {
      name: 'answers-as-data-in-streams',
      title: 'the same while it streams',
      capabilities: ['stream', 'structuredOutput'],
      async run(context) {
        const { text, answer } = await streamed(context, { ...ask(askedAsData), responseFormat })
        demandEqual(text, answer.content, 'what was streamed')
        demandData(answer)
      },
    },
    {
      name: 'gives-no-data-unasked',
      title: 'an answer that is not to be data has none',
      capabilities: ['structuredOutput'],
      async run({ provider }) {
        const { structured } = await provider.generateContent(ask('hello'))
        demand(structured === undefined, 'the answer has data, for which nobody asked')
      },
    },
    {
      name: 'refuses-schemas-that-judge-nothing',
      title: 'a schema by which nothing can be judged is refused',
      capabilities: ['structuredOutput'],
      async run({ provider }) {
        const elsewhere = { schema: { $ref: 'https://example.com/schema' } }
        await demandRefusal('input_invalid', () =>
          provider.generateContent({ ...ask(askedAsData), responseFormat: elsewhere }),
        )
      },
    },
    {
      name: 'takes-every-effort',
      title: 'every degree of reasoning is taken, or refused as what the model cannot do',
      capabilities: ['reasoning'],
      async run({ provider }) {
        for (const reasoningEffort of ['none', 'low', 'medium', 'high'] as const) {
          const error = await failureOf(provider.generateContent({ ...ask('hello'), reasoningEffort }))
          const right = error === undefined || error === 'vendor_refused'
          demand(right, `asked to think by the degree '${reasoningEffort}', it fails with '${error}'`)
        }
      },
    },
    {
      name: 'counts-thinking-as-output',
      title: 'tokens of thinking are a part of the output',
      capabilities: ['reasoning'],
      async run({ provider }) {
        const { usage } = await provider.generateContent({ ...ask('hello'), reasoningEffort: 'high' })
        const { reasoningTokens = 0, outputTokens } = usage
        demand(reasoningTokens <= outputTokens, `of ${outputTokens} tokens ${reasoningTokens} went into thinking`)
      },
    },
  ],
})

/** A text before which an answer is to stop, among others that it does not hold. */
const stopsAt = (word: string): string[] => ['§ nobody says this §', word, '§ nor this §']

/** A word from inside a text, so that something stands before it. */
function wordWithin(text: string): string {
  const words = [...text.matchAll(/(?<=\s)\p{L}{2,}/gu)].map(([word]) => word)
  const word = words[Math.floor(words.length / 2)]
  if (word === undefined) skip(`the answer has no second word: ${text}`)
  return word
}

async function streamed({ provider }: Context, request: Request) {
  let text = ''
  const calls: ToolCall[] = []
  const stream = provider.streamContent(request)
  for await (const part of stream) {
    if (part.type === 'text') text += part.text
    else calls.push(part.toolCall)
  }
  return { text, calls, answer: await stream.output() }
}

/** The code by which a call fails; undefined where it does not. */
async function failureOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    if (PlugboardError.isInstance(error)) return error.code
    throw error
  }
}

function demandData({ structured, content, stopReason }: Answer): void {
  demandEqual(stopReason, 'stop', 'the reason to stop')
  demandEqual(structured, JSON.parse(content), 'the data of the answer')
  const fits = typeof structured === 'object' && structured !== null && !Array.isArray(structured)
  demand(fits && typeof structured['colour'] === 'string', `the data does not fit the schema: ${content}`)
  demandEqual(Object.keys(structured), ['colour'], 'the fields of the data')
}

function demandCalls({ toolCalls, stopReason }: Answer): void {
  demand(toolCalls.length > 0, 'no tool is called')
  const stray = toolCalls.find(({ name }) => name !== lookUp.name)
  demand(stray === undefined, `tool '${stray?.name}' is called, which was not offered`)
  demandEqual(new Set(toolCalls.map(({ id }) => id)).size, toolCalls.length, 'the number of different ids of calls')
  const wrong = toolCalls.find(({ input }) => typeof input['query'] !== 'string')
  demand(
    wrong === undefined,
    `tool '${lookUp.name}' needs a 'query', and is called with ${JSON.stringify(wrong?.input)}`,
  )
  demandEqual(stopReason, 'toolCalls', 'the reason to stop')
}
