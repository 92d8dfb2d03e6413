import { describe, expect, test } from 'vitest'
import { callOptions } from './call-options.ts'

const { signal } = new AbortController()
const user = { role: 'user' as const, content: 'hello' }
const tool = { name: 'look_up', description: 'Looks up.', inputSchema: { type: 'object' } }

describe('the prompt', () => {
  test('begins with the system prompt and keeps the order', () => {
    const { prompt } = callOptions(
      { systemPrompt: 'Be brief.', messages: [user, { role: 'assistant', content: 'hi' }, user] },
      'x',
      signal,
    )
    expect(prompt).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'hello' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'hi' }] },
      { role: 'user', content: [{ type: 'text', text: 'hello' }] },
    ])
  })

  test('carries calls of tools and what they gave', () => {
    const call = { id: 'c1', name: 'look_up', input: { q: 'x' } }
    const { prompt } = callOptions(
      {
        messages: [
          user,
          { role: 'assistant', content: '', toolCalls: [call] },
          { role: 'tool', toolCallId: 'c1', toolName: 'look_up', content: 'found' },
          { role: 'tool', toolCallId: 'c2', toolName: 'look_up', content: 'broke', isError: true },
        ],
      },
      'x',
      signal,
    )
    expect(prompt.slice(1)).toEqual([
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'look_up', input: { q: 'x' } }] },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c1', toolName: 'look_up', output: { type: 'text', value: 'found' } },
        ],
      },
      {
        role: 'tool',
        content: [
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

  test('leaves out an answer that says nothing', () => {
    expect(callOptions({ messages: [user, { role: 'assistant', content: '' }] }, 'x', signal).prompt).toHaveLength(1)
  })
})

describe('tools', () => {
  test('may be called unless the choice says otherwise', () => {
    expect(callOptions({ messages: [user], tools: [tool] }, 'x', signal)).toMatchObject({
      tools: [{ type: 'function', ...tool }],
      toolChoice: { type: 'auto' },
    })
    expect(callOptions({ messages: [user], tools: [tool], toolChoice: 'none' }, 'x', signal).toolChoice).toEqual({
      type: 'none',
    })
  })

  test('are left out with their choice where there are none', () => {
    const options = callOptions({ messages: [user], tools: [], toolChoice: 'none' }, 'x', signal)
    expect(options).not.toHaveProperty('tools')
    expect(options).not.toHaveProperty('toolChoice')
  })

  test('must be given if one must be called', () => {
    expect(() => callOptions({ messages: [user], toolChoice: 'required' }, 'x', signal)).toThrow(
      expect.objectContaining({ code: 'input_invalid', where: { path: 'toolChoice' } }),
    )
  })
})

test('settings, own options of the vendor and the signal are passed on', () => {
  const request = { messages: [user], temperature: 0.5, maxTokens: 10, stop: ['END'], vendorOptions: { effort: 'low' } }
  expect(callOptions(request, 'acme', signal)).toMatchObject({
    temperature: 0.5,
    maxOutputTokens: 10,
    stopSequences: ['END'],
    providerOptions: { acme: { effort: 'low' } },
  })
  expect(callOptions(request, 'acme', signal).abortSignal).toBe(signal)
  expect(callOptions({ messages: [user] }, 'acme', signal)).not.toHaveProperty('providerOptions')
})
