import openai from '@plugboard/openai'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'

export default languageModels({ integration: openai, configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }) })
