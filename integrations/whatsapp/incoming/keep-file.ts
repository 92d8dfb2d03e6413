import { PlugboardError } from 'plugboard'
import { type WhatsappFile, fileKeyOf } from '../file-address.ts'
import { fetchFile } from '../give-file.ts'
import type { WhatsappProps } from '../props.ts'

/**
 * Keeps a file among the bot's. Gives its key; undefined for one that Meta does not give, or that is too large for the bot to
 * keep: its message comes all the same.
 */
export async function keepFile(props: WhatsappProps, file: WhatsappFile): Promise<string | undefined> {
  const { client, logger } = props
  const key = fileKeyOf(props, file.id)
  try {
    await client.getFile({ key })
    return key
  } catch (error) {
    if (!isOf(error, 'file_unknown')) throw error
  }
  try {
    const response = await fetchFile(props, file.id)
    const content = new Uint8Array(await response.arrayBuffer())
    const tags = { name: file.name, mediaId: file.id }
    await client.uploadFile({ key, content, contentType: file.contentType, tags })
    return key
  } catch (error) {
    if (!isOf(error, 'vendor_refused', 'file_too_large')) throw error
    logger.warn('a file that somebody sent is not kept', { error })
    return undefined
  }
}

const isOf = (error: unknown, ...codes: readonly string[]): boolean =>
  PlugboardError.isInstance(error) && codes.includes(error.code)
