/** The suites that the vendors' tests call for what is not a language model. */
import embeddings from 'plugboard/interfaces/embeddings/contract'
import speechToText from 'plugboard/interfaces/speech-to-text/contract'
import textToImage from 'plugboard/interfaces/text-to-image/contract'
import { contractSuite, type Situation, type SuiteOptions } from 'plugboard/testing'
import { afterAll, describe, test } from 'vitest'
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

/** Puts a vendor to the contracts of what it implements beside language models. Gives the server, for quirks of its own. */
export async function mediaSuites(vendor: MediaUnderTest): Promise<MediaServer> {
  const { integration, configure, mostTexts = 2048 } = vendor
  const server = await MediaServer.start()
  server.mostTexts = mostTexts
  afterAll(() => server.stop())
  const configuration = configure(server.url)
  const when = (fault: Fault): Situation => ({
    before: () => void (server.fault = fault),
    after: () => void (server.fault = undefined),
  })
  const options = {
    integration,
    configuration,
    date,
    test,
    situations: {
      unauthorized: { configuration: { ...configuration, apiKey: 'a-key-that-is-not-known' } },
      rateLimited: { ...when('rateLimited'), retryAfter: 7000 },
      unavailable: when('unavailable'),
      refused: when('refused'),
      malformed: when('malformed'),
      slow: when('slow'),
    },
  }
  const report = (name: string): URL => reportOf(integration.name, `${name}.conformance`)
  for (const name of vendor.implements)
    describe(`the interface ${name}`, () => {
      if (name === 'embeddings') contractSuite(embeddings, { ...options, report: report(name) })
      else if (name === 'speech-to-text') contractSuite(speechToText, { ...options, report: report(name) })
      else contractSuite(textToImage, { ...options, report: report(name) })
    })
  return server
}
