import { bytes, InterfaceDefinition, z } from 'plugboard'

/** A stretch of speech. */
const segment = z.object({
  text: z.string(),
  /** From the beginning of the recording, in milliseconds. */
  start: z.number().nonnegative(),
  end: z.number().nonnegative(),
})

/**
 * Speech as text.
 *
 * An implementation promises: the text says what is said, in its language, and is empty where nothing is; segments come in
 * their order and do not overlap; a recording in a format that the vendor does not read, or too long for it, is refused with
 * the code `vendor_refused`; a URL is fetched as one that a stranger gave, never within the bot's own network; the answer's
 * `model` is one of its own.
 */
export default new InterfaceDefinition({
  name: 'speech-to-text',
  version: '1.0.0',
  title: 'Speech to text',
  description: 'Writes down what is said in a recording.',
  capabilities: {
    prompt: 'Takes a hint about what is being said.',
    segments: 'Says when each stretch of the text is spoken.',
  },
  entities: {
    /** A model of the vendor. */
    speechModel: { title: 'Model', schema: z.object({ id: z.string() }) },
  },
  actions: {
    transcribe: {
      title: 'Transcribe',
      description: 'Writes down what is said in a recording.',
      billable: true,
      cacheable: true,
      idempotent: true,
      fieldCapabilities: { prompt: 'prompt', segments: 'segments' },
      cost: (output: { cost?: number }) => output.cost,
      input: {
        schema: ({ speechModel }) =>
          z.object({
            /** Which model. Default: the integration's choice. */
            model: z.optional(speechModel),
            /** The recording: where it is, or its bytes with their media type, such as `audio/ogg`. */
            audio: z.union([z.object({ url: z.url() }), z.object({ bytes, contentType: z.string().min(1) })]),
            /** The language that is spoken, such as `en`. Default: found out by the model. */
            language: z.string().min(2).optional(),
            /** Names and words that occur, in the language that is spoken. Needs the capability `prompt`. */
            prompt: z.string().optional(),
            /** Whether the answer is to say when each stretch is spoken. Needs the capability `segments`. Default: false. */
            segments: z.boolean().optional(),
          }),
      },
      output: {
        schema: ({ speechModel }) =>
          z.object({
            /** The model that wrote it down. */
            model: speechModel,
            text: z.string(),
            /** The language that was spoken, such as `en`, where the vendor says. */
            language: z.string().optional(),
            /** How long the recording is, in milliseconds, where the vendor says. */
            duration: z.number().nonnegative().optional(),
            /** Only where they were asked for. */
            segments: z.array(segment).optional(),
            /** What the call cost, in US dollars; left out where the integration does not know the price. */
            cost: z.number().nonnegative().optional(),
          }),
      },
    },
    listSpeechModels: {
      title: 'List speech models',
      cacheable: true,
      idempotent: true,
      input: { schema: () => z.object({}) },
      output: {
        schema: ({ speechModel }) =>
          z.object({
            models: z.array(
              z.object({
                model: speechModel,
                name: z.string(),
                description: z.string().optional(),
                /** The price of a minute, in US dollars. */
                price: z.object({ minute: z.number().nonnegative() }).optional(),
              }),
            ),
          }),
      },
    },
  },
})
