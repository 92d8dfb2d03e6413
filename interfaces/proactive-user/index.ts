import { InterfaceDefinition, z } from 'plugboard'

/**
 * Users whom the bot can address before they have written.
 *
 * An implementation promises: the user that is given is a person of the platform, with a name where one is known, the same one for the same `user`,
 * whoever asks first, and the one whose messages come in later; someone whom the platform does not know is refused with
 * the code `vendor_refused`, and no user is made.
 */
export default new InterfaceDefinition({
  name: 'proactive-user',
  version: '1.0.0',
  title: 'Proactive user',
  description: 'Finds or makes the user for a person of the platform.',
  entities: {
    /** What tells a person of the platform from the others. Its fields are the integration's own. */
    user: { title: 'User', schema: z.object({}) },
  },
  actions: {
    getOrCreateUser: {
      title: 'Get or create user',
      description: 'Gives the user for a person of the platform.',
      idempotent: true,
      input: {
        schema: ({ user }) =>
          z.object({
            user,
            /** What the person is called, where the platform does not say. */
            name: z.string().optional(),
            /** A picture of the person, where the platform has none. */
            pictureUrl: z.url().optional(),
          }),
      },
      output: { schema: () => z.object({ userId: z.string() }) },
    },
  },
})
