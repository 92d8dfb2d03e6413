import { PluginDefinition, z } from 'plugboard'

const level = z.enum(['off', 'debug', 'info', 'warn', 'error'])
const pattern = z.string().refine(isPattern, 'this is no regular expression')

export default new PluginDefinition({
  name: 'logger',
  version: '0.1.0',
  title: 'Logger',
  description: 'Logs messages, events, calls of actions and failures, without what nobody should read.',
  readme: 'README.md',
  configuration: {
    schema: z.object({
      /** The level of the lines of messages, both ways. */
      messages: level.default('info'),
      /** The level of the lines of events. */
      events: level.default('info'),
      /** The level of the lines of calls of actions. */
      actions: level.default('debug'),
      /** The level of the lines of failed calls, and of handlers that failed for good. */
      failures: level.default('error'),
      /** Whether the payloads of messages and events, and the inputs and outputs of actions, are logged. */
      contents: z.boolean().default(false),
      /** The names of fields that are never shown, in whatever case and however deep they are. */
      redactFields: z
        .array(z.string().min(1))
        .default(['password', 'secret', 'token', 'apiKey', 'authorization', 'cookie', 'email', 'phone']),
      /** Regular expressions of what is never shown in a text. Default: addresses of e-mail, and long numbers. */
      redactPatterns: z
        .array(pattern)
        .default(['[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}', '\\+?\\d(?:[ -]?\\d){8,18}']),
      /** How many characters of a text are shown. */
      textLength: z.number().int().positive().default(500),
    }),
  },
})

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'gu') instanceof RegExp
  } catch {
    return false
  }
}
