export type { VendorCall, VendorConfiguration } from './connector.ts'
export type { LanguageModel } from './language-model.ts'
export {
  type LanguageModelConfiguration,
  languageModelActions,
  type LanguageModelVendor,
} from './language-model-actions.ts'
export type { ModelFacts, ModelPrice } from './model-facts.ts'
export type { ModelSource } from './model-source.ts'
export { type JsonRequest, readJson } from './read-json.ts'
export { isStrict } from './strict-schema.ts'
