import openai from '@plugboard/openai'
import { apiKey, languageModelsSuite } from './language-models.fixture.ts'

await languageModelsSuite({ integration: openai, configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }) })
