import openaiCompatible from '@plugboard/openai-compatible'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'

export default languageModels({
  integration: openaiCompatible,
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1`, defaultModel: 'gpt-4' }),
})
