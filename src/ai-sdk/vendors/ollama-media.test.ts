import ollama from '@plugboard/ollama'
import { apiKey } from './language-models.fixture.ts'
import { mediaSuites } from './media.fixture.ts'

await mediaSuites({
  integration: ollama,
  implements: ['embeddings'],
  configure: (url) => ({ apiKey, baseUrl: url, defaultEmbeddingModel: 'large' }),
})
