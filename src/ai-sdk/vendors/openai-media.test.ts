import openai from '@plugboard/openai'
import { apiKey } from './language-models.fixture.ts'
import { mediaSuites } from './media.fixture.ts'

await mediaSuites({
  integration: openai,
  implements: ['embeddings', 'speech-to-text', 'text-to-image'],
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }),
})
