import google from '@plugboard/google'
import { apiKey, languageModelsSuite } from './language-models.fixture.ts'

await languageModelsSuite({
  integration: google,
  isSeen: false,
  configure: (url) => ({ apiKey, baseUrl: `${url}/v1beta` }),
})
