import google from '@plugboard/google'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'
import { withMedia } from '../../src/ai-sdk/vendors/media.fixture.ts'

export default withMedia(
  languageModels({
    integration: google,
    configure: (url) => ({ apiKey, baseUrl: `${url}/v1beta` }),
  }),
  {
    integration: google,
    implements: ['embeddings', 'text-to-image'],
    mostTexts: 100,
    configure: (url) => ({ apiKey, baseUrl: `${url}/v1beta` }),
  },
)
