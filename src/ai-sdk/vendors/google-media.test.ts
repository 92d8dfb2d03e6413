import google from '@plugboard/google'
import { apiKey } from './language-models.fixture.ts'
import { mediaSuites } from './media.fixture.ts'

await mediaSuites({
  integration: google,
  implements: ['embeddings', 'text-to-image'],
  mostTexts: 100,
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1beta` }),
})
