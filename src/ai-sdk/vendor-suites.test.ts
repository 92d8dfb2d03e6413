/** The vendors against the contract of the interface, over their real wire formats. */
import { type ChatCompletionRequest, type FixtureResponse, LLMock } from '@copilotkit/aimock'
import anthropic from '@plugboard/anthropic'
import openai from '@plugboard/openai'
import llm from 'plugboard/interfaces/llm/contract'
import { contractSuite } from 'plugboard/testing'
import { afterAll, describe, test } from 'vitest'

const apiKey = 'a-key-that-is-known'
const usage = { prompt_tokens: 1000, completion_tokens: 200, input_tokens: 1000, output_tokens: 200 }

const server = await LLMock.create({ host: '127.0.0.1', auth: { apiKeys: [apiKey] } })
const failure = (message: string, type: string, status: number, retryAfter?: number): FixtureResponse => ({
  error: { message, type },
  status,
  ...(retryAfter !== undefined && { retryAfter }),
})
server.onMessage('be quick', failure('Slow down.', 'rate_limit_error', 429, 7))
server.onMessage('be there', failure('Overloaded', 'overloaded_error', 529))
server.onMessage('be right', failure('No such parameter.', 'invalid_request_error', 400))
server.onMessage('talk nonsense', { content: 'Hello!' }, { chaos: { malformedRate: 1 } })
server.onMessage('take your time', { content: 'Hello! '.repeat(500) }, { chunkSize: 5, latency: 50 })
server.addFixture({ match: { predicate: () => true }, response: answerTo })
afterAll(async () => {
  await server.stop()
})

/** What a model would say that does as it is told: repeats what it was told, calls what it must, stops where it should. */
function answerTo(request: ChatCompletionRequest): FixtureResponse {
  const said = request.messages.map(({ content }) => textOf(content)).join(' ')
  const [tool] = request.tools ?? []
  const last = request.messages.at(-1)
  if (tool && request.tool_choice !== 'none' && last?.role === 'user' && textOf(last.content) === 'look up plugs')
    return {
      content: '',
      toolCalls: [{ name: tool.function.name, arguments: '{"query":"plugs"}', id: 'call_1' }],
      usage,
    }
  return { content: beforeStop(`You said: ${said}, and I have nothing to add`, request), usage }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join(' ') : ''
}

/** A model stops before the texts that end its answer; the server that stands in for it gives what it is told to. */
function beforeStop(text: string, request: ChatCompletionRequest): string {
  const { stop } = request as { stop?: unknown }
  const ends = [stop].flat().flatMap((one) => (typeof one === 'string' ? [text.indexOf(one)] : []))
  const found = ends.filter((index) => index >= 0)
  return found.length === 0 ? text : text.slice(0, Math.min(...found))
}

const unheeded = (field: string): string =>
  `the server that stands in for Anthropic does not heed ${field}, which is sent`
const asked = (content: string) => ({ input: { messages: [{ role: 'user', content }] } })
const configuration = { apiKey, baseUrl: `${server.url}/v1` }

describe.each([
  { name: 'openai', integration: openai, deviations: [] },
  {
    name: 'anthropic',
    integration: anthropic,
    deviations: [
      { check: 'llm/honours-stop', reason: unheeded('stop_sequences'), until: '2027-05-31' },
      { check: 'llm/honours-stop-in-streams', reason: unheeded('stop_sequences'), until: '2027-05-31' },
      { check: 'llm/calls-no-tool', reason: unheeded('tool_choice'), until: '2027-05-31' },
    ],
  },
])('$name', ({ name, integration, deviations }) => {
  contractSuite(llm, {
    test,
    integration,
    configuration,
    situations: {
      rateLimited: { ...asked('be quick'), retryAfter: 7000 },
      unavailable: asked('be there'),
      refused: asked('be right'),
      malformed: asked('talk nonsense'),
      slow: { ...asked('take your time'), action: 'streamContent' },
      unauthorized: { configuration: { ...configuration, apiKey: 'a-key-that-is-not' } },
    },
    deviations,
    date: '2026-11-29',
    report: new URL(`../../integrations/${name}/conformance.json`, import.meta.url),
  })
})
