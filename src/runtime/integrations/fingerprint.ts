import { randomBytes, scryptSync } from 'node:crypto'
import { canonicalJson } from '../../container/policies/canonical-json.ts'
import type { Installation } from '../composition/installation.ts'

type Configured = Pick<Installation, 'configurationType' | 'configuration' | 'secrets'>

/** Some milliseconds a try. */
const cost = { N: 1024, r: 8, p: 1 }

/**
 * What tells one configuration from another and says nothing of what is in it, not even to who tries values. Two of the
 * same salt are equal exactly where the configurations are.
 * @param like A fingerprint whose salt is taken, so that the two can be compared.
 */
export function fingerprintOf({ configurationType, configuration, secrets }: Configured, like?: string): string {
  const salt = like?.split('.')[0] ?? randomBytes(12).toString('base64url')
  // What JSON cannot hold cannot be compared: such a configuration is a new one each time.
  const text = canonicalJson({ configurationType, configuration, secrets }) ?? randomBytes(32).toString('hex')
  return `${salt}.${scryptSync(text, salt, 24, cost).toString('base64url')}`
}
