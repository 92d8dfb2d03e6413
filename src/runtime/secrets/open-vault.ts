import { openPorts, type PortOptions } from '../bot/open-ports.ts'
import type { Environment } from '../composition/resolve-configuration.ts'
import { masterKeyFrom } from './master-key.ts'
import { Vault } from './vault.ts'

/** The secrets of a bot that need not run. */
export interface OpenVault extends AsyncDisposable {
  readonly vault: Vault
}

/**
 * Opens the secrets of a bot, by its name and where it keeps everything.
 * @param environment Has the master key, or the name of its file.
 * @throws {PlugboardError} with the code `secret_key_missing`, `secret_key_wrong` or `secret_key_invalid`.
 */
export async function openVault(bot: string, environment: Environment, options: PortOptions): Promise<OpenVault> {
  const ports = await openPorts(bot, options)
  try {
    const vault = await Vault.open(ports.store, await masterKeyFrom(environment))
    return { vault, [Symbol.asyncDispose]: () => ports[Symbol.asyncDispose]() }
  } catch (error) {
    await ports[Symbol.asyncDispose]()
    throw error
  }
}
