/** A server that speaks the wire formats of all vendors, and the suites that each vendor is set up for with it. */
import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock'
import llm from 'plugboard/interfaces/llm/contract'
import { type SetUp, type SuiteOptions, suiteSetUp } from 'plugboard/testing'

export const apiKey = 'a-key-that-is-known'
export const date = '2026-11-29'
const usage = { prompt_tokens: 1000, completion_tokens: 200, input_tokens: 1000, output_tokens: 200 }
const answer = 'Hello! How are you today, and what can I do for you?'

/** A model that remembers a name and a colour, calls the first tool when it must, and answers with data when it is asked to. */
function respond(request: ChatCompletionRequest) {
  const { messages, tools = [], tool_choice: choice, response_format: format } = request
  const said = messages.map(({ content }) => textOf(content))
  const last = messages.at(-1)
  const given = messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content))
  if (last?.role === 'tool') return { content: `It says: ${given.join(', ')}`, usage }
  const [tool] = tools
  const wanted = said.at(-1)?.startsWith('look up') && choice !== 'none'
  if (tool && (wanted || choice === 'required' || choice === 'any'))
    return { toolCalls: [{ name: tool.function.name, arguments: '{"query":"plugs"}' }], usage }
  if (said.at(-1)?.endsWith('Answer as data.')) return { content: '{"colour":"blue"}', usage }
  if (format?.type === 'json_schema') return { content: '{}', usage }
  const [, own = 'none'] = /Your name is (\w+)/.exec(said.join('\n')) ?? []
  if (said.at(-1) === 'What is your name?') return { content: `I am ${own}.`, usage }
  const [, name = 'none'] = /My name is (\w+)/.exec(said.join('\n')) ?? []
  const [, colour = 'none'] = /My favourite colour is (\w+)/.exec(said.join('\n')) ?? []
  if (said.at(-1) === 'What is my name?') return { content: `Your name is ${name}.`, usage }
  if (said.at(-1) === 'What is my favourite colour?') return { content: `It is ${colour}.`, usage }
  return { content: cutAt(answer, request['stop']), usage }
}

const textOf = (content: ChatCompletionRequest['messages'][number]['content']): string =>
  typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join('')

function cutAt(text: string, stop: unknown): string {
  const stops = (Array.isArray(stop) ? stop : [stop]).filter((one) => typeof one === 'string' && text.includes(one))
  return stops.reduce<string>((rest, one) => rest.split(String(one))[0] ?? '', text)
}

/** Starts the server. What it is asked to do wrong is what is said to it. */
export async function startModels(): Promise<LLMock> {
  const server = await LLMock.create({ host: '127.0.0.1', auth: { apiKeys: [apiKey] } })
  const error = { message: 'Slow down.', type: 'rate_limit_error' }
  server.onMessage('be quick', { error, status: 429, retryAfter: 7 })
  server.onMessage('be wrong', { error: { message: 'No such parameter.', type: 'invalid_request_error' }, status: 400 })
  server.onMessage('hang up', { content: answer }, { chaos: { disconnectRate: 1 } })
  server.onMessage('talk nonsense', { content: answer }, { chaos: { malformedRate: 1 } })
  server.onMessage('take your time', { content: answer.repeat(20) }, { chunkSize: 5, latency: 200 })
  server.on({ predicate: () => true }, respond)
  return server
}

/** How a vendor's language models are tested. */
export interface LanguageModelsUnderTest extends Omit<SuiteOptions, 'date' | 'configuration' | 'situations'> {
  /** The configuration, for a server at the URL. */
  configure(url: string): { apiKey?: string }
}

/** Where a package keeps what a suite found out. */
export const reportOf = (integration: string, name = 'conformance'): URL =>
  new URL(`../../../integrations/${integration}/${name}.json`, import.meta.url)

const ask = (content: string) => ({ input: { messages: [{ role: 'user', content }] } })

/** How a vendor's language models are set up: with a server that speaks its wire format. */
export function languageModels({ configure, ...options }: LanguageModelsUnderTest) {
  return async (): Promise<SetUp> => {
    const server = await startModels()
    const configuration = configure(server.url)
    const suite = (title: string, how: object, own: object) =>
      suiteSetUp(title, llm, {
        ...options,
        configuration,
        date,
        situations: {
          unauthorized: { ...how, configuration: { ...configuration, apiKey: 'a-key-that-is-not-known' } },
          rateLimited: { ...how, ...ask('be quick'), retryAfter: 7000 },
          unavailable: { ...how, ...ask('hang up') },
          refused: { ...how, ...ask('be wrong') },
          malformed: { ...how, ...ask('talk nonsense') },
          slow: { ...how, ...ask('take your time') },
        },
        ...own,
      })
    return {
      provider: { integration: options.integration, configuration },
      suites: [
        suite('llm, asked for whole answers', {}, { report: reportOf(options.integration.name) }),
        suite('llm, asked for streams', { action: 'streamContent' }, { generated: 1 }),
      ],
      stop: () => server.stop(),
    }
  }
}
