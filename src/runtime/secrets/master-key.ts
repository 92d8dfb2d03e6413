import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PlugboardError } from '../../errors/index.ts'
import { Secret } from '../../security/index.ts'
import type { Environment } from '../composition/resolve-configuration.ts'

/** The variable of the key that opens the secrets of a store; that of a file that has it ends in `_FILE`. */
export const keyVariable = 'PLUGBOARD_SECRET_KEY'

/** A new key, as `PLUGBOARD_SECRET_KEY` has it. */
export const newMasterKey = (): Secret => new Secret(randomBytes(32).toString('base64'))

/**
 * The key that opens the secrets of a store, from the environment or a file that it names; undefined where none is set.
 * @param variable Default: `PLUGBOARD_SECRET_KEY`.
 * @throws {PlugboardError} with the code `secret_key_invalid`.
 */
export async function masterKeyFrom(environment: Environment, variable = keyVariable): Promise<Secret | undefined> {
  const fileVariable = `${variable}_FILE`
  const [given, file] = [environment[variable], environment[fileVariable]]
  if (given !== undefined && given !== '') return new Secret(demandKey(given, variable))
  if (file === undefined || file === '') return undefined
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new PlugboardError({
      code: 'secret_key_invalid',
      message: `the file of ${fileVariable} cannot be read`,
      cause,
    })
  }
  return new Secret(demandKey(text.trim(), `the file of ${fileVariable}`))
}

/** The bytes of a key. */
export const keyBytes = (key: Secret): Buffer => {
  const text = key.reveal()
  return Buffer.from(text, /^[\da-f]{64}$/i.test(text) ? 'hex' : 'base64')
}

/** A password is none: whoever has the store could guess it, at leisure. */
function demandKey(text: string, from: string): string {
  if (/^(?:[\da-f]{64}|[\w+/-]{43}=?)$/i.test(text)) return text
  throw new PlugboardError({
    code: 'secret_key_invalid',
    message: `${from} is no key of 32 bytes in Base64 or hexadecimal digits; \`secret key\` makes one`,
  })
}
