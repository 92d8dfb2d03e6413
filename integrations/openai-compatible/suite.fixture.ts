import openaiCompatible from '@plugboard/openai-compatible'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'
import { withMedia } from '../../src/ai-sdk/vendors/media.fixture.ts'

export default withMedia(
  languageModels({
    integration: openaiCompatible,
    configure: (url) => ({ apiKey, baseUrl: `${url}/v1`, defaultModel: 'gpt-4' }),
  }),
  {
    integration: openaiCompatible,
    implements: ['embeddings'],
    configure: (url) => ({ apiKey, baseUrl: `${url}/v1`, defaultModel: 'small', defaultEmbeddingModel: 'large' }),
  },
)
