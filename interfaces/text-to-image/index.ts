import { bytes, InterfaceDefinition, z } from 'plugboard'

/** A picture. */
const image = z.object({
  bytes,
  /** Its media type, such as `image/png`. */
  contentType: z.string(),
})

/**
 * Pictures from words.
 *
 * An implementation promises: it gives as many pictures as were asked for, in several requests where the vendor makes fewer
 * at once, and all or none; a size or aspect ratio that the model does not make, and words that the vendor will not have
 * drawn, are refused with the code `vendor_refused`; the answer's `model` is one of its own.
 */
export default new InterfaceDefinition({
  name: 'text-to-image',
  version: '1.0.0',
  title: 'Text to image',
  description: 'Draws what a text describes.',
  capabilities: {
    size: 'Makes pictures of a size in pixels.',
    aspectRatio: 'Makes pictures of an aspect ratio.',
  },
  entities: {
    /** A model of the vendor. */
    imageModel: { title: 'Model', schema: z.object({ id: z.string() }) },
  },
  actions: {
    generateImage: {
      title: 'Generate image',
      description: 'Draws what a text describes.',
      billable: true,
      // A second picture changes nothing but the bill, so a call that broke may be repeated.
      idempotent: true,
      fieldCapabilities: { size: 'size', aspectRatio: 'aspectRatio' },
      cost: (output: { cost?: number }) => output.cost,
      input: {
        schema: ({ imageModel }) =>
          z.object({
            /** Which model. Default: the integration's choice. */
            model: z.optional(imageModel),
            /** What the picture is to show. */
            prompt: z.string().min(1),
            /** How many pictures. Default: 1. */
            count: z.number().int().min(1).max(10).optional(),
            /** Width and height in pixels. Needs the capability `size`. Default: the model's own. */
            size: z.object({ width: z.number().int().positive(), height: z.number().int().positive() }).optional(),
            /** Width to height, such as `16:9`. Needs the capability `aspectRatio`. Default: the model's own. */
            aspectRatio: z
              .string()
              .regex(/^[1-9]\d*:[1-9]\d*$/, { error: 'expected width to height, such as "16:9"' })
              .optional(),
          }),
      },
      output: {
        schema: ({ imageModel }) =>
          z.object({
            /** The model that drew them. */
            model: imageModel,
            images: z.array(image).min(1),
            /** What the call cost, in US dollars; left out where the integration does not know the price. */
            cost: z.number().nonnegative().optional(),
          }),
      },
    },
    listImageModels: {
      title: 'List image models',
      cacheable: true,
      idempotent: true,
      input: { schema: () => z.object({}) },
      output: {
        schema: ({ imageModel }) =>
          z.object({
            models: z.array(
              z.object({
                model: imageModel,
                name: z.string(),
                description: z.string().optional(),
                /** The price of a picture, in US dollars. */
                price: z.object({ image: z.number().nonnegative() }).optional(),
              }),
            ),
          }),
      },
    },
  },
})
