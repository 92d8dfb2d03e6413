import { InputFile } from 'grammy'
import { answerIn } from '../answer.ts'
import type { Outgoing } from './outgoing.ts'

/** What bots may upload, in bytes. */
const longestUpload = 50 * 1024 * 1024

/** What Telegram says when it could not fetch an address by itself, or what is there is nothing that it takes by address. */
const notFetched = /http url|web ?page|wrong file identifier|WEBPAGE_|failed to get|wrong type/i

/**
 * Sends what stands at an address. Telegram fetches most by itself, which is fastest; what it cannot reach or takes only as
 * an upload, and what stands in the address itself or among the bot's files, is uploaded.
 */
export async function sendFrom<T>(
  outgoing: Outgoing,
  url: string,
  send: (source: string | InputFile) => Promise<T>,
): Promise<T> {
  const { client, signal } = outgoing
  const upload = async (): Promise<InputFile> => {
    const file = await client.fetchAddress(url, { signal, limit: longestUpload })
    return new InputFile(new Uint8Array(await file.arrayBuffer()), file.name)
  }
  if (url.startsWith('data:') || client.fileAt(url)) return send(await upload())
  try {
    return await send(url)
  } catch (error) {
    const answer = answerIn(error)
    if (answer?.error_code !== 400 || !notFetched.test(answer.description)) throw error
    return send(await upload())
  }
}
