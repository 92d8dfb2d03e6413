import type { StoredInstallation } from '../ports/installation-store.ts'

/** How the registration of an installation with its platform stands. */
export interface Registration {
  readonly status: 'registering' | 'registered' | 'failed'
  /** Why it failed last. Secrets are masked in it. */
  readonly failure: { readonly code: string; readonly message: string } | undefined
  /** How often it has failed since it last succeeded. */
  readonly attempts: number
  /** When it is tried again, in milliseconds since 1970; undefined where it is not. */
  readonly retryAt: number | undefined
  /** Whether this configuration was registered before. It is then used although it could not be registered anew. */
  readonly before: boolean
}

/** Before the first attempt. */
export const registering: Registration = {
  status: 'registering',
  failure: undefined,
  attempts: 0,
  retryAt: undefined,
  before: false,
}

/** What a row of the store says of an installation with this fingerprint. */
export function registrationFrom(stored: Omit<StoredInstallation, 'at'>): Registration {
  const { status, failure, attempts, retryAt, registered, fingerprint } = stored
  return {
    status,
    failure,
    attempts,
    retryAt: status === 'failed' ? retryAt : undefined,
    before: registered === fingerprint,
  }
}

const shortest = 1000
const longest = 300_000
const hopeless = 3_600_000

/** What there is to add to why it failed: when it is tried again, and how that is done before. */
export function againAt(alias: string, { retryAt }: Registration): string {
  if (retryAt === undefined) return ''
  return `; it is tried again at ${new Date(retryAt).toISOString()}, and at once by POST /admin/installations/${alias}/register`
}

/** How long to wait before the next attempt, in milliseconds: what says that it will not go better is tried once an hour. */
export function pauseAfter(attempts: number, failure: { retryable: boolean; retryAfter: number | undefined }): number {
  if (!failure.retryable) return hopeless
  return Math.max(Math.min(shortest * 2 ** (attempts - 1), longest), failure.retryAfter ?? 0)
}
