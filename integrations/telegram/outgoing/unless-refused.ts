import { answerIn } from '../answer.ts'
import { type Formatted, plain, withAddresses } from './formatted.ts'
import { longestText } from './split.ts'

/** What Telegram says of a format that it does not take: it refuses the whole message for the address of one link. */
const formatRefused = /entit(?:y|ies)/i

/** Sends a text with its formats, and without them if Telegram refuses one: what was said arrives in any case. */
export async function unlessRefused<T>(formatted: Formatted, send: (shown: Formatted) => Promise<T>): Promise<T> {
  try {
    return await send(formatted)
  } catch (error) {
    const answer = answerIn(error)
    const isOurs = formatted.entities.length > 0 && answer?.error_code === 400 && formatRefused.test(answer.description)
    if (!isOurs) throw error
    const written = withAddresses(formatted)
    return send(plain(written.length <= longestText ? written : formatted.text))
  }
}
