import { z } from 'plugboard'
import { type ModelFacts, readJson } from 'plugboard/ai-sdk'

const list = z.object({ data: z.array(z.object({ id: z.string() })) })

/** Asks the server for its models. It does not say which of them write and which make vectors. */
export async function models(
  { baseUrl, apiKey }: { baseUrl: string; apiKey?: string | undefined },
  signal: AbortSignal,
): Promise<ModelFacts[]> {
  const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }
  const { data } = z.parse(list, await readJson(`${baseUrl.replace(/\/+$/, '')}/models`, { headers, signal }))
  return data.map(({ id }) => ({ id, name: id }))
}
