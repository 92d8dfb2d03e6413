import groq from '@plugboard/groq'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'

export default languageModels({ integration: groq, configure: (url) => ({ apiKey, baseUrl: `${url}/openai/v1` }) })
