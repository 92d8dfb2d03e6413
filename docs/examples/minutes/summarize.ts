import type { ConsumerContext } from 'plugboard'
import type definition from './definition.ts'

type Context = Pick<ConsumerContext<(typeof definition)['$types']>, 'client' | 'configuration' | 'interfaces'>

/** What was said in a conversation, in short; empty where nothing was. */
export async function summarize(context: Context, conversationId: string): Promise<string> {
  const { client, configuration, interfaces } = context
  const { items } = await client.findTableRows({ table: 'lines', filter: { conversationId }, limit: 1000 })
  if (items.length === 0) return ''
  const { state } = await client.getState({ name: 'latest', id: conversationId })
  const { content } = await interfaces.llm.generateContent({
    model: configuration.model,
    systemPrompt: `Sum up in three sentences what was said. The summary before was: ${state?.payload.summary ?? 'none'}`,
    messages: [{ role: 'user', content: items.map(({ text }) => text).join('\n') }],
  })
  await client.setState({ name: 'latest', id: conversationId, payload: { summary: content } })
  return content
}
