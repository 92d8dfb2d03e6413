import { messages, z } from 'plugboard'

/** A form, as it opens over Discord. */
export const form = z.object({
  /** What the event of whoever fills it in calls it. */
  name: z.string().min(1).max(100),
  /** What stands above it. */
  title: z.string().min(1).max(45),
  fields: z
    .array(
      z.object({
        /** What the event calls what was filled in. */
        name: z.string().min(1).max(100),
        label: z.string().min(1).max(45),
        /** Whether there is room for several lines. Default: false. */
        isLong: z.boolean().optional(),
        /** Whether it can be left empty. Default: false. */
        isOptional: z.boolean().optional(),
        placeholder: z.string().max(100).optional(),
        /** What stands in it to begin with. */
        value: z.string().max(4000).optional(),
      }),
    )
    .min(1)
    .max(5),
})

/** The messages that every channel of Discord carries. */
export const carried = {
  ...messages.defaults,
  form: {
    schema: form.extend({
      /** What stands above the button that opens the form. */
      text: z.string().min(1).max(2000),
      /** What stands on the button. */
      label: z.string().min(1).max(80),
    }),
  },
}

/** The payloads, by type of message. */
export type Carried = { [K in keyof typeof carried]: z.output<(typeof carried)[K]['schema']> }
export type Form = z.output<typeof form>
