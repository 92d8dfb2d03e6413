export type { LanguageModel } from './language-model.ts'
export {
  languageModelActions,
  type LanguageModelVendor,
  type VendorCall,
  type VendorConfiguration,
} from './language-model-actions.ts'
export type { ModelFacts, ModelPrice } from './model-facts.ts'
