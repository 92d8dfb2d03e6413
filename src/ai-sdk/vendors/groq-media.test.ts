import groq from '@plugboard/groq'
import { apiKey } from './language-models.fixture.ts'
import { mediaSuites } from './media.fixture.ts'

await mediaSuites({
  integration: groq,
  implements: ['speech-to-text'],
  configure: (url) => ({ apiKey, baseUrl: `${url}/openai/v1` }),
})
