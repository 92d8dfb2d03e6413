import mistral from '@plugboard/mistral'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'
import { withMedia } from '../../src/ai-sdk/vendors/media.fixture.ts'

export default withMedia(
  languageModels({ integration: mistral, configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }) }),
  {
    integration: mistral,
    implements: ['embeddings'],
    mostTexts: 32,
    configure: (url) => ({ apiKey, baseUrl: `${url}/v1` }),
  },
)
