import llm from 'plugboard/interfaces/llm'
import type { Message, ToolCall } from 'plugboard/interfaces/llm'
import { defineContract, demand, demandEqual, type ScenarioContext, skip } from 'plugboard/testing'

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
      name: 'honours-stop',
      title: "a text in 'stop' never appears in the answer",
      async run(context) {
        const { content: whole } = await context.provider.generateContent(ask('hello'))
        const stop = wordWithin(whole)
        const { content } = await context.provider.generateContent({ ...ask('hello'), stop: [stop] })
        demand(!content.includes(stop), `it was to stop before '${stop}', and says: ${content}`)
      },
    },
    {
      name: 'honours-stop-in-streams',
      title: "a text in 'stop' never appears in a stream",
      capabilities: ['stream'],
      async run(context) {
        const { content: whole } = await context.provider.generateContent(ask('hello'))
        const stop = wordWithin(whole)
        const { text, answer } = await streamed(context, { ...ask('hello'), stop: [stop] })
        demand(!text.includes(stop), `it was to stop before '${stop}', and says: ${text}`)
        demand(!answer.content.includes(stop), `it was to stop before '${stop}', and ends with: ${answer.content}`)
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
        demandEqual(answer.toolCalls, [], 'the calls of an answer that must not call')
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
  ],
})

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

function demandCalls({ toolCalls, stopReason }: Answer): void {
  demand(toolCalls.length > 0, 'no tool is called')
  const stray = toolCalls.find(({ name }) => name !== lookUp.name)
  demand(stray === undefined, `tool '${stray?.name}' is called, which was not offered`)
  demandEqual(new Set(toolCalls.map(({ id }) => id)).size, toolCalls.length, 'the number of different ids of calls')
  demandEqual(stopReason, 'toolCalls', 'the reason to stop')
}
