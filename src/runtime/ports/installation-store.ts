import type { Claim } from './claim.ts'

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
  /** Forgets an installation, with its identifier. */
  removeInstallation(claim: Claim, alias: string): Promise<void>
  /** The alias of the installation whose requests to the shared webhook have this identifier; undefined if there is none. */
  findIdentified(integration: string, identifier: string): Promise<string | undefined>
  /**
   * Says which identifier an installation has from now on, in the place of the one that it had; undefined for none.
   * @param claim Where only its holder may say it.
   * @throws {PlugboardError} with the code `identifier_taken`, if another installation of the integration has it.
   */
  identify(
    installation: { readonly alias: string; readonly integration: string },
    identifier: string | undefined,
    claim: Claim | undefined,
  ): Promise<void>
}
