import ollama from '@plugboard/ollama'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'
import { withMedia } from '../../src/ai-sdk/vendors/media.fixture.ts'

export default withMedia(
  languageModels({
    integration: ollama,
    configure: (url) => ({ apiKey, baseUrl: url, defaultModel: 'gpt-4' }),
  }),
  {
    integration: ollama,
    implements: ['embeddings'],
    configure: (url) => ({ apiKey, baseUrl: url, defaultEmbeddingModel: 'large' }),
  },
)
