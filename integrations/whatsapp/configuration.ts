import { z } from 'plugboard'

/** What is needed to speak for a phone number. */
const settings = {
  /** What Meta calls the phone number: _WhatsApp_ → _API Setup_ → _Phone number ID_. It is not the number. */
  phoneNumberId: z.string().regex(/^\d{5,20}$/, 'the id of a phone number has digits alone, as API Setup shows it'),
  /** The token of a system user, with the permission `whatsapp_business_messaging`. */
  accessToken: z.string().min(1),
  /** Where the Graph API is. Default: Meta's. */
  apiUrl: z.url({ protocol: /^https?$/ }).default('https://graph.facebook.com'),
  /** The version of the Graph API. */
  apiVersion: z
    .string()
    .regex(/^v\d+\.\d+$/, 'a version of the Graph API is such as v26.0')
    .default('v26.0'),
  /** Whether the files that people send are kept among the bot's. Default: true; else they are read from Meta, for a week. */
  keepFiles: z.boolean().default(true),
}

/** A number with an app of its own. */
export const ownApp = z.object({
  ...settings,
  /** What Meta signs its requests with: _App settings_ → _Basic_ → _App secret_. */
  appSecret: z.string().min(1),
  /** A text of one's own, which Meta repeats when the address of the webhook is entered. */
  verifyToken: z.string().min(1),
})

/** One of several numbers of an app whose secrets the bot has. */
export const sharedApp = z.object(settings)

/** The configuration, as handlers have it. */
export type Settings = z.output<typeof sharedApp>
