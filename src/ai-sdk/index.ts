export type { VendorCall, VendorConfiguration } from './connector.ts'
export {
  embeddingActions,
  type EmbeddingConfiguration,
  type EmbeddingModelFacts,
  type EmbeddingVendor,
  type EmbedRequest,
} from './embedding-actions.ts'
export {
  imageActions,
  type ImageConfiguration,
  type ImageModelFacts,
  type ImageRequest,
  type ImageVendor,
} from './image-actions.ts'
export {
  type LanguageModelConfiguration,
  languageModelActions,
  type LanguageModelVendor,
} from './language-model-actions.ts'
export type { ModelFacts, ModelPrice, OwnPrices } from './model-facts.ts'
export type { ModelSource } from './model-source.ts'
export { type JsonRequest, readJson } from './read-json.ts'
export {
  type SpeechConfiguration,
  type SpeechModelFacts,
  type TranscribeRequest,
  transcriptionActions,
  type TranscriptionVendor,
} from './transcription-actions.ts'
export { vendorSettings } from './vendor-settings.ts'
