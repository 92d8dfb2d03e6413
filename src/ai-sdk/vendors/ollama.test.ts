import ollama from '@plugboard/ollama'
import { apiKey, languageModelsSuite } from './language-models.fixture.ts'

await languageModelsSuite({
  integration: ollama,
  configure: (url) => ({ apiKey, baseUrl: url, defaultModel: 'gpt-4' }),
})
