import groq from '@plugboard/groq'
import { apiKey, languageModelsSuite } from './language-models.fixture.ts'

await languageModelsSuite({ integration: groq, configure: (url) => ({ apiKey, baseUrl: `${url}/openai/v1` }) })
