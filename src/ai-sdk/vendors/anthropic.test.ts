import anthropic from '@plugboard/anthropic'
import { apiKey, languageModelsSuite } from './language-models.fixture.ts'

await languageModelsSuite({
  integration: anthropic,
  isSeen: false,
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }),
})
