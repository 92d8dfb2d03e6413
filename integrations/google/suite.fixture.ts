import google from '@plugboard/google'
import { apiKey, languageModels } from '../../src/ai-sdk/vendors/language-models.fixture.ts'

export default languageModels({
  integration: google,
  isSeen: false,
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1beta` }),
})
