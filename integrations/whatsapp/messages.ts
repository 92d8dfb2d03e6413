import { messages, z } from 'plugboard'

const { audio, file, ...others } = messages.defaults

/** A template that Meta has approved, filled in. */
export const template = {
  /** Its name in WhatsApp Manager. */
  name: z.string().regex(/^\w{1,512}$/, 'the name of a template has letters, digits and underscores'),
  /** The language, such as `en_US`. */
  language: z.string().regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/, 'a language is such as en or en_US'),
  /** What is put into its body: in order, or by name where its parameters have names. */
  parameters: z.union([z.array(z.string()), z.record(z.string(), z.string())]).optional(),
  /** What is put elsewhere, into its header and buttons, as the Cloud API has it. */
  components: z.array(z.looseObject({ type: z.string() })).optional(),
}

/** The messages that WhatsApp carries, both ways. Where nothing is said, they are those that most channels know. */
export const carried = {
  ...others,
  audio: {
    schema: audio.schema.extend({
      /** What WhatsApp shows it as. Default: a piece of music. */
      kind: z.enum(['audio', 'voice']).optional(),
    }),
  },
  file: {
    schema: file.schema.extend({
      /** What the file is called. Default: as its address ends. */
      name: z.string().min(1).optional(),
    }),
  },
  sticker: {
    schema: z.object({
      /** A picture of type WEBP, 512 by 512 pixels. */
      stickerUrl: z.url(),
      isAnimated: z.boolean().optional(),
    }),
  },
  contacts: {
    schema: z.object({
      contacts: z
        .array(
          z.object({
            name: z.string().min(1),
            firstName: z.string().optional(),
            lastName: z.string().optional(),
            company: z.string().optional(),
            phones: z.array(z.object({ number: z.string().min(1), kind: z.string().optional() })).optional(),
            emails: z.array(z.object({ email: z.string().min(1), kind: z.string().optional() })).optional(),
          }),
        )
        .min(1),
    }),
  },
  template: { schema: z.object(template) },
}

/** The payloads, by type of message. */
export type Carried = { [K in keyof typeof carried]: z.output<(typeof carried)[K]['schema']> }
