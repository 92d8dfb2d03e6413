import groq from '@plugboard/groq'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'
import { withMedia } from '../../src/ai-sdk/vendors/media.fixture.ts'

export default withMedia(
  languageModels({ integration: groq, configure: (url) => ({ apiKey, baseUrl: `${url}/openai/v1` }) }),
  {
    integration: groq,
    implements: ['speech-to-text'],
    configure: (url) => ({ apiKey, baseUrl: `${url}/openai/v1` }),
  },
)
