import { PluginDefinition, z } from 'plugboard'
import llm from 'plugboard/interfaces/llm'
import { memory } from './memory.ts'

export default new PluginDefinition({
  name: 'assistant',
  version: '0.2.0',
  title: 'Assistant',
  description: 'Answers messages through any language model, which may call actions of the bot.',
  readme: 'README.md',
  interfaces: { llm },
  takesTools: true,
  configuration: {
    schema: ({ entities }) =>
      z.object({
        /** What the model is told about its task. */
        systemPrompt: z.string().min(1).default('You are a friendly assistant. Answer briefly.'),
        /** Which model. Default: the integration's choice. */
        model: entities.llm.modelRef.optional(),
        /** How freely words are chosen, from 0 to 2. Default: the integration's. */
        temperature: z.number().min(0).max(2).optional(),
        /** The longest answer, in tokens. Default: the integration's. */
        maxTokens: z.number().int().positive().optional(),
        /** How many of the latest messages the model is given, the one that it answers among them. */
        historyLength: z.number().int().positive().default(20),
        /** How many characters the messages before the one that is answered may have together, with what tools gave. */
        historyCharacters: z.number().int().nonnegative().default(40_000),
        /** The longest message that is answered, in characters. */
        messageCharacters: z.number().int().positive().default(20_000),
        /** How often the model may ask for tools before it has to answer. */
        toolRounds: z.number().int().positive().default(5),
        /** How many calls of tools an answer may take. */
        toolCalls: z.number().int().positive().default(20),
        /** How many characters of what a tool gives the model is told. */
        toolResultCharacters: z.number().int().positive().default(8_000),
        /** What is put behind an answer that is cut off because it has become too long. Empty: nothing. */
        cutOff: z.string().default(' …'),
        /** What people are told whose message, or the answer to it, the model's filter does not let through. Empty: nothing. */
        filtered: z.string().default('I cannot answer that.'),
        /** What people are told whose message is too long. Empty: nothing. */
        tooLong: z.string().default('That is too long for me. Please say it in fewer words.'),
        /** What people are told when no answer could be had, however often it was tried. Empty: nothing. */
        failed: z.string().default('I cannot answer at the moment. Please try again later.'),
        /** Options that only the bound integration has. */
        vendorOptions: entities.llm.vendorOptions.optional(),
      }),
  },
  message: {
    tags: {
      notice: {
        title: 'Notice',
        description: 'Marks messages that tell why there is no answer. The model is not given them.',
      },
    },
  },
  states: {
    /** What the messages of the conversation do not tell of it. */
    memory: { type: 'conversation', schema: memory },
  },
})
