import { z } from 'plugboard'
import { json } from './json.ts'

/** A call of a tool, as the model asks for it. */
export const toolCall = z.object({
  /** Tells one call from another within a conversation. */
  id: z.string().min(1),
  /** The tool's name. */
  name: z.string().min(1),
  /** The arguments, as the model wrote them: not yet checked against the tool's schema. */
  input: z.record(z.string(), json),
})

/** A tool that the model may ask to be called. */
export const tool = z.object({
  /** Letters, digits, `_` and `-`, 64 at most: what every vendor takes. */
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  description: z.string().optional(),
  /** The JSON Schema of the arguments; its type is `object`. */
  inputSchema: z.record(z.string(), json),
})

/** A picture: where it is, or what is in it. */
export const image = z.union([
  z.object({ url: z.url({ protocol: /^https?$/ }) }),
  z.object({
    /** In Base64. */
    data: z.base64().min(1),
    contentType: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
  }),
])

/** What the text of an answer is to be. */
export const responseFormat = z.object({
  /** The JSON Schema of the answer; its type is `object`. */
  schema: z.record(z.string(), json),
  /** What the data is called: letters, digits, `_` and `-`, 64 at most. */
  name: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,64}$/)
    .optional(),
  /** What the data is, for the model. */
  description: z.string().optional(),
})

/** One message of the conversation so far, the oldest first. */
export const message = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('user'),
    content: z.string(),
    /** Shown before the text, in this order. Needs the capability `imageInput`. */
    images: z.array(image).optional(),
  }),
  z.object({ role: z.literal('assistant'), content: z.string(), toolCalls: z.array(toolCall).optional() }),
  /** What a tool gave, for the call with this id. */
  z.object({
    role: z.literal('tool'),
    toolCallId: z.string().min(1),
    toolName: z.string().min(1),
    content: z.string(),
    isError: z.boolean().optional(),
  }),
])

/** Why the model stopped. `toolCalls` waits for the results of tools. */
export const stopReason = z.enum(['stop', 'length', 'toolCalls', 'contentFilter', 'other'])

/** Tokens that a call used, as the vendor counts them; 0 where it does not say. */
export const usage = z.object({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  /** Of the input, what the vendor had in its cache; left out where it does not say. */
  cachedInputTokens: z.number().int().nonnegative().optional(),
  /** Of the output, what went into thinking; left out where the vendor does not say. */
  reasoningTokens: z.number().int().nonnegative().optional(),
})

/** A part of an answer, as it is made. */
export const part = z.discriminatedUnion('type', [
  /** The next piece of the text. */
  z.object({ type: z.literal('text'), text: z.string() }),
  /** A whole call of a tool. */
  z.object({ type: z.literal('toolCall'), toolCall }),
])

export type ToolCall = z.output<typeof toolCall>
export type Tool = z.output<typeof tool>
export type Image = z.output<typeof image>
export type ResponseFormat = z.output<typeof responseFormat>
export type Message = z.output<typeof message>
export type StopReason = z.output<typeof stopReason>
export type Usage = z.output<typeof usage>
export type Part = z.output<typeof part>
