import { z } from 'plugboard'

/** What people are told. `{agent}` is the name of whoever serves them. An empty text is not told. */
export const texts = z.object({
  /** Once the platform has been asked, and nobody has come yet. */
  asked: z.string().default('One moment, please: somebody from our team will be with you soon.'),
  /** Whenever somebody joins the conversation. */
  assigned: z.string().default('{agent} is with you now.'),
  /** Once the humans, or another plugin, have ended it. */
  ended: z.string().default('The conversation with our team has ended. I am here again.'),
  /** Once the user has ended it. */
  left: z.string().default('You have left the conversation with our team. I am here again.'),
  /** Where nobody came in time. */
  nobody: z.string().default('Nobody from our team is free at the moment. I am here again.'),
  /** Where nobody has said anything for too long. */
  silent: z.string().default('The conversation with our team has ended, as it was silent for long. I am here again.'),
  /** Where the platform cannot be reached, or refuses. */
  unavailable: z.string().default('Our team cannot be reached at the moment. I am here again.'),
  /** Where a message is of a kind that the other side cannot be given. Told to whoever sent it. */
  notPassed: z.string().default('This kind of message cannot be passed on.'),
})
export type Texts = z.output<typeof texts>
