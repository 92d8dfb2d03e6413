/** The suites that vendors are set up for with what is not a language model. */
import embeddings from 'plugboard/interfaces/embeddings/contract'
import speechToText from 'plugboard/interfaces/speech-to-text/contract'
import textToImage from 'plugboard/interfaces/text-to-image/contract'
import { type SetUp, type Situation, type SuiteOptions, type SuiteSetUp, suiteSetUp } from 'plugboard/testing'
import { date, reportOf } from './language-models.fixture.ts'
import { type Fault, MediaServer } from './media-server.fixture.ts'

/** What a vendor has beside language models, and how it is tested. */
export interface MediaUnderTest {
  readonly integration: SuiteOptions['integration']
  readonly implements: readonly ('embeddings' | 'speech-to-text' | 'text-to-image')[]
  /** The most texts that it takes at once. */
  readonly mostTexts?: number
  /** The configuration, for a server at the URL. */
  configure(url: string): { apiKey?: string }
}

/** Adds what a vendor has beside language models to how these are set up. */
export function withMedia(models: () => Promise<SetUp>, vendor: MediaUnderTest): () => Promise<SetUp> {
  return async () => {
    const { provider, suites, stop } = await models()
    const server = await MediaServer.start()
    server.mostTexts = vendor.mostTexts ?? 2048
    return {
      provider,
      providers: Object.fromEntries(
        vendor.implements.map((name) => [
          name,
          { integration: vendor.integration, configuration: vendor.configure(server.url) },
        ]),
      ),
      suites: [...suites, ...mediaSuites(vendor, server)],
      stop: async () => {
        await Promise.all([stop(), server.stop()])
      },
    }
  }
}

function mediaSuites(vendor: MediaUnderTest, server: MediaServer): SuiteSetUp[] {
  const { integration, configure } = vendor
  const configuration = configure(server.url)
  const when = (fault: Fault): Situation => ({
    before: () => void (server.fault = fault),
    after: () => void (server.fault = undefined),
  })
  const options = {
    integration,
    configuration,
    date,
    situations: {
      unauthorized: { configuration: { ...configuration, apiKey: 'a-key-that-is-not-known' } },
      rateLimited: { ...when('rateLimited'), retryAfter: 7000 },
      unavailable: when('unavailable'),
      refused: when('refused'),
      malformed: when('malformed'),
      slow: when('slow'),
    },
  }
  return vendor.implements.map((name) => {
    const own = { ...options, report: reportOf(integration.name, `${name}.conformance`) }
    if (name === 'embeddings') return suiteSetUp(name, embeddings, own)
    return name === 'speech-to-text' ? suiteSetUp(name, speechToText, own) : suiteSetUp(name, textToImage, own)
  })
}
