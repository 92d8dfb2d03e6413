import mistral from '@plugboard/mistral'
import { apiKey, languageModelsSuite } from './language-models.fixture.ts'

await languageModelsSuite({ integration: mistral, configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }) })
