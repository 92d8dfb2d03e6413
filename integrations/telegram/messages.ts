import { messages, z } from 'plugboard'

const { audio, video, ...others } = messages.defaults

/** The messages that every channel of Telegram carries, both ways. Where nothing is said, they are those that most channels know. */
export const carried = {
  ...others,
  audio: {
    schema: audio.schema.extend({
      /** What Telegram shows it as. Default: a piece of music. */
      kind: z.enum(['audio', 'voice']).optional(),
    }),
  },
  video: {
    schema: video.schema.extend({
      /** What Telegram shows it as: an animation plays silently by itself, a note is round. Default: a video. */
      kind: z.enum(['video', 'animation', 'note']).optional(),
    }),
  },
  sticker: {
    schema: z
      .object({
        /** A picture of type WEBP, an animation of type TGS or a video of type WEBM. */
        stickerUrl: z.url().optional(),
        /** What Telegram calls the file, which sends it without a download. */
        fileId: z.string().min(1).optional(),
        /** The emoji that it stands for. */
        emoji: z.string().optional(),
        /** The set that it belongs to. */
        set: z.string().optional(),
      })
      .refine(({ stickerUrl, fileId }) => stickerUrl !== undefined || fileId !== undefined, {
        error: 'give `stickerUrl` or `fileId`',
      }),
  },
  contact: {
    schema: z.object({
      phoneNumber: z.string().min(1),
      firstName: z.string().min(1),
      lastName: z.string().optional(),
      /** The person in Telegram, where it has an account and Telegram tells. */
      userId: z.string().optional(),
      /** More of the person, as a vCard of at most 2048 bytes. */
      vcard: z.string().optional(),
    }),
  },
}

/** The payloads, by type of message. */
export type Carried = { [K in keyof typeof carried]: z.output<(typeof carried)[K]['schema']> }
