import openai from '@plugboard/openai'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'
import { withMedia } from '../../src/ai-sdk/vendors/media.fixture.ts'

export default withMedia(
  languageModels({ integration: openai, configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }) }),
  {
    integration: openai,
    implements: ['embeddings', 'speech-to-text', 'text-to-image'],
    configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }),
  },
)
