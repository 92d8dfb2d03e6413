export { isPublicAddress } from './public-address.ts'
export { safeFetch, type SafeFetchOptions } from './safe-fetch.ts'
export { Secret } from './secret.ts'
export { type SignatureCheck, verifySignature } from './verify-signature.ts'
