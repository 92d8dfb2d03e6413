import ollama from '@plugboard/ollama'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'

export default languageModels({
  integration: ollama,
  configure: (url) => ({ apiKey, baseUrl: url, defaultModel: 'gpt-4' }),
})
