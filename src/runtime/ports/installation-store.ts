import type { Claim } from './store.ts'

/** What is known of an installation that is, or was to be, registered with its platform. */
export interface StoredInstallation {
  readonly alias: string
  /** The name of the integration. */
  readonly integration: string
  readonly version: string
  readonly configurationType: string | undefined
  /** Tells configurations apart, and says nothing of what is in them. */
  readonly fingerprint: string
  readonly webhookUrl: string
  readonly status: 'registered' | 'failed'
  /** The fingerprint that was registered last; undefined if none ever was. */
  readonly registered: string | undefined
  /** Why it failed last. Secrets are masked in it. */
  readonly failure: { readonly code: string; readonly message: string } | undefined
  /** How often it has failed since it last succeeded. */
  readonly attempts: number
  /** When it may be tried again, in milliseconds since 1970; 0 where it did not fail. */
  readonly retryAt: number
  /** When this was stored, in milliseconds since 1970. */
  readonly at: number
}

/** The installations that platforms know of. */
export interface InstallationStore {
  listInstallations(): Promise<readonly StoredInstallation[]>
  getInstallation(alias: string): Promise<StoredInstallation | undefined>
  /** Keeps what is known of an installation, in the place of what was. */
  saveInstallation(claim: Claim, installation: Omit<StoredInstallation, 'at'>): Promise<void>
  removeInstallation(claim: Claim, alias: string): Promise<void>
}
