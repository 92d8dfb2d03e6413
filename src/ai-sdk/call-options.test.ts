import { describe, expect, test } from 'vitest'
import { callOptions } from './call-options.ts'
import type { LanguageModel } from './language-model.ts'

const { signal } = new AbortController()
const model = (version: 'v3' | 'v4', supportedUrls: Record<string, RegExp[]> = {}): LanguageModel =>
  ({ specificationVersion: version, supportedUrls }) as unknown as LanguageModel
const asking = { model: model('v4'), optionsName: 'acme', signal }
const user = { role: 'user' as const, content: 'hello' }
const tool = { name: 'look_up', description: 'Looks up.', inputSchema: { type: 'object' } }

describe('the prompt', () => {
  test('begins with the system prompt and keeps the order', async () => {
    const { prompt } = await callOptions(
      { systemPrompt: 'Be brief.', messages: [user, { role: 'assistant', content: 'hi' }, user] },
      asking,
    )
    expect(prompt).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'hello' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'hi' }] },
      { role: 'user', content: [{ type: 'text', text: 'hello' }] },
    ])
  })

  test('carries calls of tools and what they gave', async () => {
    const call = { id: 'c1', name: 'look_up', input: { q: 'x' } }
    const { prompt } = await callOptions(
      {
        messages: [
          user,
          { role: 'assistant', content: '', toolCalls: [call, { ...call, id: 'c2' }] },
          { role: 'tool', toolCallId: 'c1', toolName: 'look_up', content: 'found' },
          { role: 'tool', toolCallId: 'c2', toolName: 'look_up', content: 'broke', isError: true },
        ],
      },
      asking,
    )
    expect(prompt.slice(1)).toEqual([
      {
        role: 'assistant',
        content: ['c1', 'c2'].map((toolCallId) => ({
          type: 'tool-call',
          toolCallId,
          toolName: 'look_up',
          input: { q: 'x' },
        })),
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'look_up', output: { type: 'text', value: 'found' } },
          {
            type: 'tool-result',
            toolCallId: 'c2',
            toolName: 'look_up',
            output: { type: 'error-text', value: 'broke' },
          },
        ],
      },
    ])
  })

  test('leaves out an answer that says nothing', async () => {
    const { prompt } = await callOptions({ messages: [user, { role: 'assistant', content: '' }] }, asking)
    expect(prompt).toHaveLength(1)
  })
})

describe('tools', () => {
  test('may be called unless the choice says otherwise', async () => {
    expect(await callOptions({ messages: [user], tools: [tool] }, asking)).toMatchObject({
      tools: [{ type: 'function', ...tool }],
      toolChoice: { type: 'auto' },
    })
    const { toolChoice } = await callOptions({ messages: [user], tools: [tool], toolChoice: 'none' }, asking)
    expect(toolChoice).toEqual({ type: 'none' })
  })

  test('are left out with their choice where there are none', async () => {
    const options = await callOptions({ messages: [user], tools: [], toolChoice: 'none' }, asking)
    expect(options).not.toHaveProperty('tools')
    expect(options).not.toHaveProperty('toolChoice')
  })

  test('must be given if one must be called', async () => {
    await expect(callOptions({ messages: [user], toolChoice: 'required' }, asking)).rejects.toThrow(
      expect.objectContaining({ code: 'input_invalid', where: { path: 'toolChoice' } }),
    )
  })
})

test('settings, own options of the vendor and the signal are passed on', async () => {
  const request = { messages: [user], temperature: 0.5, maxTokens: 10, stop: ['END'], vendorOptions: { effort: 'low' } }
  expect(await callOptions(request, asking)).toMatchObject({
    temperature: 0.5,
    maxOutputTokens: 10,
    stopSequences: ['END'],
    providerOptions: { acme: { effort: 'low' } },
  })
  expect((await callOptions(request, asking)).abortSignal).toBe(signal)
  expect(await callOptions({ messages: [user] }, asking)).not.toHaveProperty('providerOptions')
})

test('options that a request makes necessary lie beneath those that it names', async () => {
  const made = { ...asking, options: { effort: 'high', strict: true } }
  const named = await callOptions({ messages: [user], vendorOptions: { effort: 'low' } }, made)
  expect(named.providerOptions).toEqual({ acme: { effort: 'low', strict: true } })
  const bare = await callOptions({ messages: [user] }, made)
  expect(bare.providerOptions).toEqual({ acme: { effort: 'high', strict: true } })
})

test('the form of the answer and the degree of reasoning are asked for where they are given', async () => {
  const responseFormat = { schema: { type: 'object' }, name: 'city' }
  expect(await callOptions({ messages: [user], responseFormat, reasoningEffort: 'low' }, asking)).toMatchObject({
    responseFormat: { type: 'json', ...responseFormat },
    reasoning: 'low',
  })
  const plain = await callOptions({ messages: [user] }, asking)
  expect(plain).not.toHaveProperty('responseFormat')
  expect(plain).not.toHaveProperty('reasoning')
})

describe('pictures', () => {
  const png = { data: 'iVBORw0KGgo=', contentType: 'image/png' as const }
  const link = { url: 'https://example.com/cat.png' }
  const takesLinks = { 'image/*': [/^https:/] }
  const contentOf = async (version: 'v3' | 'v4', image: typeof png | typeof link, urls = {}) => {
    const { prompt } = await callOptions(
      { messages: [{ ...user, images: [image] }] },
      { ...asking, model: model(version, urls) },
    )
    return prompt[0]?.content
  }

  test('stand before the text, as each specification wants them', async () => {
    const text = { type: 'text', text: 'hello' }
    const file = { type: 'file', mediaType: 'image/png' }
    expect(await contentOf('v4', png)).toEqual([{ ...file, data: { type: 'data', data: png.data } }, text])
    expect(await contentOf('v3', png)).toEqual([{ ...file, data: png.data }, text])
  })

  test('are left to the vendor to fetch where it does', async () => {
    const url = new URL(link.url)
    expect(await contentOf('v4', link, takesLinks)).toMatchObject([{ data: { type: 'url', url } }, {}])
    expect(await contentOf('v3', link, takesLinks)).toMatchObject([{ data: url }, {}])
  })

  test('are fetched where it does not, and never within the own network', async () => {
    for (const urls of [{}, { 'application/pdf': [/^https?:/] }, { 'image/*': [/^https:\/\/files\./] }])
      await expect(contentOf('v4', { url: 'http://127.0.0.1/cat.png' }, urls)).rejects.toMatchObject({
        code: 'address_refused',
      })
  })

  test.each([
    'http://127.0.0.1/cat.png',
    'http://[::1]/cat.png',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/cat.png',
    'http://printer.local/cat.png',
  ])('are not left to a vendor to fetch from the own network, where it may stand itself: %s', async (url) => {
    await expect(contentOf('v4', { url }, { 'image/*': [/^https?:/] })).rejects.toMatchObject({
      code: expect.stringMatching(/^(address_refused|vendor_unavailable)$/),
    })
  })

  test('can be all that is said', async () => {
    const { prompt } = await callOptions({ messages: [{ role: 'user', content: '', images: [png] }] }, asking)
    expect(prompt[0]?.content).toHaveLength(1)
  })
})
