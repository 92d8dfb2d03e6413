import openaiCompatible from '@plugboard/openai-compatible'
import { apiKey } from './language-models.fixture.ts'
import { mediaSuites } from './media.fixture.ts'

await mediaSuites({
  integration: openaiCompatible,
  implements: ['embeddings'],
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1`, defaultModel: 'small', defaultEmbeddingModel: 'large' }),
})
