import { messages, z } from 'plugboard'

/** The messages that every channel of Slack carries: those that most channels know, and blocks as they are. */
export const carried = {
  ...messages.defaults,
  blocks: {
    schema: z.object({
      /** Blocks of Slack's Block Kit, sent as they are. */
      blocks: z.array(z.record(z.string(), z.json())).min(1).max(50),
      /** What notifications show. Default: that there is a message. */
      text: z.string().min(1).optional(),
    }),
  },
}

/** The payloads, by type of message. */
export type Carried = { [K in keyof typeof carried]: z.output<(typeof carried)[K]['schema']> }
