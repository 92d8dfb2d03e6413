import mistral from '@plugboard/mistral'
import { apiKey } from './language-models.fixture.ts'
import { mediaSuites } from './media.fixture.ts'

await mediaSuites({
  integration: mistral,
  implements: ['embeddings'],
  mostTexts: 32,
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }),
})
