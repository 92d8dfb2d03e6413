import { PlugboardError } from 'plugboard'
import type { Context } from './standing.ts'
import type { Texts } from './texts.ts'

/** Tells a conversation one of the texts. That it cannot be told stops nothing. */
export async function tell(
  { client, configuration, logger }: Pick<Context, 'client' | 'configuration' | 'logger'>,
  conversationId: string,
  name: keyof Texts,
  agent = configuration.agent,
): Promise<void> {
  const text = configuration.texts[name].replaceAll('{agent}', () => agent)
  if (text.trim() === '') return
  try {
    await client.createMessage({ conversationId, type: 'text', payload: { text } })
  } catch (error) {
    if (!PlugboardError.isInstance(error) || error.retryable) throw error
    logger.warn('a text could not be told', { error, text: name, conversationId })
  }
}
