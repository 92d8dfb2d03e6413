import type { ConsumerContext } from 'plugboard'
import type definition from './definition.ts'
import { isSame, noLanguage, type Reading, readingOf, task } from './reading.ts'

type Context = Pick<
  ConsumerContext<(typeof definition)['$types']>,
  'client' | 'configuration' | 'interfaces' | 'logger'
>

/** From which language into which one. The first is found out where it is not given. */
export interface Languages {
  readonly from: string | undefined
  readonly to: string
}

/**
 * The translation of a message's text, and the language that it was in: the one that was made before, where there is one.
 * Undefined where there is none, so that the text stays as it is.
 */
export async function translate(
  { client, configuration, interfaces, logger }: Context,
  messageId: string,
  original: string,
  { from, to }: Languages,
): Promise<Reading | undefined> {
  const { items } = await client.findTableRows({ table: 'translations', filter: { messageId, original }, limit: 1 })
  const [known] = items
  if (known) return { language: known.from, text: known.translated }
  try {
    const { content, stopReason } = await interfaces.llm.generateContent({
      model: configuration.model,
      systemPrompt: task(to, from),
      messages: [{ role: 'user', content: original }],
    })
    const reading = from === undefined ? readingOf(content) : { language: from, text: content.trim() }
    // Half a translation would be taken for the whole message.
    if (!reading || reading.text === '' || stopReason === 'length' || stopReason === 'contentFilter') {
      logger.warn('a message stays as it is, since the model gave no translation', { messageId, stopReason })
      return undefined
    }
    if (isSame(reading.language, noLanguage)) return undefined
    if (!isSame(reading.language, to))
      await client.createTableRows({
        table: 'translations',
        rows: [{ messageId, original, translated: reading.text, from: reading.language, to }],
      })
    return reading
  } catch (error) {
    // A bot that hears and speaks a foreign language badly is better than one that does not hear, or falls silent.
    logger.warn('a message stays as it is, since it could not be translated', { error, messageId })
    return undefined
  }
}
