/** Bots with the language models of each vendor, and how each writes an answer. */
import anthropic from '@plugboard/anthropic'
import google from '@plugboard/google'
import groq from '@plugboard/groq'
import mistral from '@plugboard/mistral'
import ollama from '@plugboard/ollama'
import openai from '@plugboard/openai'
import openaiCompatible from '@plugboard/openai-compatible'
import { BotDefinition } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { startBot } from 'plugboard/runtime'

const needsModel = () => new BotDefinition({ interfaces: { llm } })
const prices = { m: { input: 1_000_000, output: 2_000_000 } }

/** Starts a bot with the models of each vendor, at a server that stands in for it. */
export const startVendor = {
  anthropic: (origin: string, apiKey: string) =>
    startBot(needsModel().addIntegration(anthropic, { configuration: { apiKey, prices, baseUrl: `${origin}/v1` } })),
  google: (origin: string, apiKey: string) =>
    startBot(needsModel().addIntegration(google, { configuration: { apiKey, prices, baseUrl: `${origin}/v1beta` } })),
  groq: (origin: string, apiKey: string) =>
    startBot(needsModel().addIntegration(groq, { configuration: { apiKey, prices, baseUrl: `${origin}/openai/v1` } })),
  mistral: (origin: string, apiKey: string) =>
    startBot(needsModel().addIntegration(mistral, { configuration: { apiKey, prices, baseUrl: `${origin}/v1` } })),
  ollama: (origin: string, apiKey: string) =>
    startBot(
      needsModel().addIntegration(ollama, { configuration: { apiKey, prices, baseUrl: origin, defaultModel: 'm' } }),
    ),
  openai: (origin: string, apiKey: string) =>
    startBot(needsModel().addIntegration(openai, { configuration: { apiKey, prices, baseUrl: `${origin}/v1` } })),
  'openai-compatible': (origin: string, apiKey: string) =>
    startBot(
      needsModel().addIntegration(openaiCompatible, {
        configuration: { apiKey, prices, baseUrl: `${origin}/v1`, defaultModel: 'm' },
      }),
    ),
}
export type Vendor = keyof typeof startVendor
export const vendorNames = Object.keys(startVendor) as Vendor[]

/** What a model says and calls, and why it ends. */
export interface Said {
  readonly text?: string
  readonly calls?: readonly { readonly id: string; readonly name: string; readonly json: string }[]
  readonly end?: 'stop' | 'length' | 'calls'
}

const ends = {
  anthropic: { stop: 'end_turn', length: 'max_tokens', calls: 'tool_use' },
  google: { stop: 'STOP', length: 'MAX_TOKENS', calls: 'STOP' },
  others: { stop: 'stop', length: 'length', calls: 'tool_calls' },
}

/** An answer of model `m` of two tokens to one of five, as a vendor writes it. */
export function answerOf(vendor: Vendor, { text = '', calls = [], end = 'stop' }: Said): object {
  if (vendor === 'anthropic')
    return {
      type: 'message',
      id: 'r1',
      model: 'm',
      role: 'assistant',
      content: [
        ...(text === '' ? [] : [{ type: 'text', text }]),
        ...calls.map(({ id, name, json }) => ({ type: 'tool_use', id, name, input: JSON.parse(json) })),
      ],
      stop_reason: ends.anthropic[end],
      stop_sequence: null,
      usage: { input_tokens: 5, output_tokens: 2 },
    }
  if (vendor === 'google')
    return {
      modelVersion: 'm',
      candidates: [
        {
          index: 0,
          content: {
            role: 'model',
            parts: [
              ...(text === '' ? [] : [{ text }]),
              ...calls.map(({ name, json }) => ({ functionCall: { name, args: JSON.parse(json) } })),
            ],
          },
          finishReason: ends.google[end],
        },
      ],
      usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2, totalTokenCount: 7 },
    }
  return {
    id: 'r1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text,
          ...(calls.length > 0 && {
            tool_calls: calls.map(({ id, name, json }) => ({
              id,
              type: 'function',
              function: { name, arguments: json },
            })),
          }),
        },
        finish_reason: ends.others[end],
      },
    ],
    usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
  }
}

/** The pieces with which a stream begins that says `Hel`. */
export function begunBy(vendor: Vendor): object[] {
  if (vendor === 'google') return [{ candidates: [{ index: 0, content: { role: 'model', parts: [{ text: 'Hel' }] } }] }]
  if (vendor !== 'anthropic')
    return [{ id: 'r1', created: 1, model: 'm', choices: [{ index: 0, delta: { role: 'assistant', content: 'Hel' } }] }]
  const usage = { input_tokens: 1, output_tokens: 1 }
  return [
    {
      type: 'message_start',
      message: { id: 'r1', model: 'm', role: 'assistant', content: [], stop_reason: null, usage },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hel' } },
  ]
}
