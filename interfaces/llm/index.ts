import { InterfaceDefinition, z } from 'plugboard'
import { json } from './json.ts'
import { message, part, responseFormat, stopReason, tool, type ToolCall, toolCall, usage } from './schemas.ts'

/** Declarations of implementations name it. */
export { toolCall } from './schemas.ts'
export type { JsonSchema } from './json.ts'
export { type StructuredReader, structuredReader } from './structured-output.ts'
export type { Image, Message, Part, ResponseFormat, StopReason, Tool, ToolCall, Usage } from './schemas.ts'

/** What both ways of asking a model take. `TModel` and `TOptions` stand for the integration's own entities. */
const request = <TModel extends z.core.SomeType, TOptions extends z.core.SomeType>(
  model: TModel,
  vendorOptions: TOptions,
) =>
  z.object({
    /** Which model. Default: the integration's choice. */
    model: z.optional(model),
    systemPrompt: z.string().optional(),
    messages: z.array(message).min(1),
    /** Needs the capability `tools`. */
    tools: z.array(tool).optional(),
    /** Whether a tool may, must or must not be called. Default: may. */
    toolChoice: z.enum(['auto', 'required', 'none']).optional(),
    /** How freely words are chosen, from 0 to 2. Default: the vendor's. */
    temperature: z.number().min(0).max(2).optional(),
    /** The longest answer, in tokens. Default: the vendor's. */
    maxTokens: z.number().int().positive().optional(),
    /** Texts before which the answer ends. */
    stop: z.array(z.string().min(1)).max(4).optional(),
    /** How long the model thinks before it answers; one that knows no such degree takes the nearest. Needs the capability `reasoning`. Default: the vendor's. */
    reasoningEffort: z.enum(['none', 'low', 'medium', 'high']).optional(),
    /** Makes the answer data. Needs the capability `structuredOutput`. Default: the answer is text. */
    responseFormat: responseFormat.optional(),
    /** Options that only this vendor has: typed by what the integration maps `vendorOptions` to. */
    vendorOptions: z.optional(vendorOptions),
  })

/** What both ways of asking a model end with. */
const response = <TModel extends z.core.$ZodType>(model: TModel) =>
  z.object({
    /** The vendor's id of the answer, for its support. */
    id: z.string(),
    /** The name of the integration that answered. */
    provider: z.string(),
    /** The model that answered. */
    model,
    content: z.string(),
    /** The content as data that fits `responseFormat`: there if that was asked for and the answer is whole, which is where `stopReason` is `stop`. */
    structured: z.optional(json),
    toolCalls: z.array(toolCall),
    stopReason,
    usage,
    /** What the call cost, in US dollars; left out where the integration does not know the price. */
    cost: z.number().nonnegative().optional(),
  })

/** What the fields of a request need. */
const fieldCapabilities = {
  tools: 'tools',
  'messages[].images': 'imageInput',
  responseFormat: 'structuredOutput',
  reasoningEffort: 'reasoning',
} as const

/**
 * Large language models.
 *
 * An implementation promises: the answer's `model` is one of its own, and knows of nothing but its request; what it is not able to do it does not claim; what is longer
 * than the model takes is refused with the code `context_exceeded`, where the vendor tells that; a text in `stop` never appears in the answer; data that does not fit the `responseFormat` is never given, but the call fails with the code
 * `vendor_failed`; a picture's URL is never fetched within the bot's own network; `streamContent` gives the same answer bit by bit, its `text` parts joined equal the `content` of its
 * output, and an abort never ends it as if it were done.
 */
export default new InterfaceDefinition({
  name: 'llm',
  version: '1.1.0',
  title: 'Large language models',
  description: 'Generates text and calls of tools from a conversation.',
  capabilities: {
    stream: 'Gives the answer bit by bit.',
    tools: 'Asks for tools to be called.',
    imageInput: 'Sees the pictures in messages.',
    structuredOutput: 'Answers with data that fits a JSON Schema.',
    reasoning: 'Thinks for longer or shorter before it answers, as the caller wants.',
  },
  entities: {
    /** A model of the vendor. */
    modelRef: { title: 'Model', schema: z.object({ id: z.string() }) },
    /** Options that only this vendor has. */
    vendorOptions: { title: 'Vendor’s options', schema: z.object({}).catchall(z.json().optional()), optional: true },
  },
  actions: {
    generateContent: {
      title: 'Generate content',
      description: 'Answers a conversation.',
      billable: true,
      // A second answer changes nothing but the bill, so a call that broke may be repeated.
      idempotent: true,
      fieldCapabilities,
      cost: (output: { cost?: number }) => output.cost,
      input: { schema: ({ modelRef, vendorOptions }) => request(modelRef, vendorOptions) },
      output: { schema: ({ modelRef }) => response(modelRef) },
    },
    streamContent: {
      title: 'Stream content',
      description: 'Answers a conversation bit by bit.',
      billable: true,
      idempotent: true,
      capability: 'stream',
      fieldCapabilities,
      cost: (output: { cost?: number }) => output.cost,
      downgrade: {
        to: 'generateContent',
        items: ({ content, toolCalls }: { content: string; toolCalls: ToolCall[] }) => [
          ...(content === '' ? [] : [{ type: 'text', text: content }]),
          ...toolCalls.map((call) => ({ type: 'toolCall', toolCall: call })),
        ],
      },
      input: { schema: ({ modelRef, vendorOptions }) => request(modelRef, vendorOptions) },
      stream: { schema: () => part },
      output: { schema: ({ modelRef }) => response(modelRef) },
    },
    listLanguageModels: {
      title: 'List language models',
      cacheable: true,
      idempotent: true,
      input: { schema: () => z.object({}) },
      output: {
        schema: ({ modelRef }) =>
          z.object({
            models: z.array(
              z.object({
                model: modelRef,
                name: z.string(),
                description: z.string().optional(),
                /** The most tokens of input and output together. */
                contextWindow: z.number().int().positive().optional(),
                /** The price of a million tokens, in US dollars. */
                price: z.object({ input: z.number().nonnegative(), output: z.number().nonnegative() }).optional(),
              }),
            ),
          }),
      },
    },
  },
})

/** What an implementation reads, where `TModel` is its own model and `TOptions` are its own options. */
export type LanguageModelRequest<
  TModel extends { id: string } = { id: string },
  TOptions = Record<string, unknown>,
> = z.output<ReturnType<typeof request<z.core.$ZodType<TModel>, z.core.$ZodType<TOptions>>>>

/** What an implementation answers. */
export type LanguageModelResponse<TModel extends { id: string } = { id: string }> = z.output<
  ReturnType<typeof response<z.core.$ZodType<TModel>>>
>
