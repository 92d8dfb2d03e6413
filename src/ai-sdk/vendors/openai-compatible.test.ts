import openaiCompatible from '@plugboard/openai-compatible'
import { apiKey, languageModelsSuite } from './language-models.fixture.ts'

await languageModelsSuite({
  integration: openaiCompatible,
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1`, defaultModel: 'gpt-4' }),
})
