import anthropic from '@plugboard/anthropic'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'

export default languageModels({
  integration: anthropic,
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }),
})
