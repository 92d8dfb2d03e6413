import { PlugboardError } from 'plugboard'
import { type TelegramFile, fileKeyOf } from '../file-address.ts'
import { fetchFile } from '../give-file.ts'
import type { TelegramProps } from '../props.ts'

/**
 * Keeps a file among the bot's. Gives its key; undefined for one that is too large for Telegram to give, or for the bot to
 * keep: its message comes all the same.
 */
export async function keepFile(props: TelegramProps, file: TelegramFile): Promise<string | undefined> {
  const { client, logger } = props
  const key = fileKeyOf(props, file.uniqueId)
  try {
    await client.getFile({ key })
    return key
  } catch (error) {
    if (!isOf(error, 'file_unknown')) throw error
  }
  try {
    const response = await fetchFile(props, file.id)
    const content = new Uint8Array(await response.arrayBuffer())
    await client.uploadFile({ key, content, contentType: file.contentType, tags: { name: file.name, fileId: file.id } })
    return key
  } catch (error) {
    if (!isOf(error, 'vendor_refused', 'file_too_large')) throw error
    logger.warn('a file that somebody sent is not kept', { error })
    return undefined
  }
}

const isOf = (error: unknown, ...codes: readonly string[]): boolean =>
  PlugboardError.isInstance(error) && codes.includes(error.code)
