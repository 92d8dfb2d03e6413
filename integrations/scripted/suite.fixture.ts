import scripted from '@plugboard/scripted'
import embeddings from 'plugboard/interfaces/embeddings/contract'
import llm from 'plugboard/interfaces/llm/contract'
import { type SetUp, suiteSetUp } from 'plugboard/testing'

const rule = (when: string, fail: string | object) => ({ when, reply: 'This is never said.', fail })
const asked = (content: string) => ({ input: { messages: [{ role: 'user', content }] } })

const configuration = {
  rules: [
    rule('be quick', { code: 'vendor_rate_limited', retryAfter: 7000 }),
    rule('be there', 'vendor_unavailable'),
    rule('be right', 'vendor_refused'),
    rule('be open', 'vendor_unauthorized'),
    { when: 'take your time', reply: 'Here I am.', delay: 60_000 },
  ],
}
const models = suiteSetUp('llm', llm, {
  integration: scripted,
  configuration,
  situations: {
    rateLimited: { ...asked('be quick'), retryAfter: 7000 },
    unavailable: asked('be there'),
    refused: asked('be right'),
    unauthorized: asked('be open'),
    slow: asked('take your time'),
  },
  date: '2026-11-29',
  report: new URL('conformance.json', import.meta.url),
})
const vectors = suiteSetUp('embeddings', embeddings, {
  integration: scripted,
  date: '2026-11-29',
  report: new URL('embeddings.conformance.json', import.meta.url),
})

export default async (): Promise<SetUp> => ({
  provider: { integration: scripted },
  suites: [models, vectors],
  stop: async () => {},
})
