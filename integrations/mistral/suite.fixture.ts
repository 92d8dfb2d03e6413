import mistral from '@plugboard/mistral'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'

export default languageModels({ integration: mistral, configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }) })
