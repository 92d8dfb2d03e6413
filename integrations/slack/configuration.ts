import { z } from 'plugboard'

/** What every way to reach Slack needs. */
const settings = {
  /** Where the Web API is. Default: Slack's; GovSlack has another one. */
  apiUrl: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
  /** Whether each message of a channel begins a conversation of its own, in the thread below it. Default: false. */
  answerInThreads: z.boolean().default(false),
  /** Whether what other bots say is heard too. Default: false, so that two bots do not talk to each other for ever. */
  hearBots: z.boolean().default(false),
  /** What Slack calls the channel in which people take conversations over. Default: none, and sessions name theirs. */
  supportChannel: z
    .string()
    .regex(/^[CG][A-Z0-9]+$/, 'the id of a channel begins with C or G, as the end of its details shows')
    .optional(),
}

/** _OAuth & Permissions_ → _Bot User OAuth Token_. */
const botToken = z.string().regex(/^(?:xoxe\.)?xoxb-[\w-]+$/, 'the token of a bot begins with xoxb-')

/** What Slack signs its requests with: _Basic Information_ → _App Credentials_ → _Signing Secret_. */
const signingSecret = z.string().min(1)

/** One workspace, in which the app was installed by hand. */
export const byToken = z.object({ botToken, signingSecret, ...settings })

/** A workspace to which somebody gives access. */
export const byOAuth = z.object({ signingSecret, ...settings })

/** The same as by a token, with a connection that the bot opens in the place of addresses that Slack calls. */
export const bySocket = z.object({
  botToken,
  /** _Basic Information_ → _App-Level Tokens_, with the scope `connections:write`. */
  appToken: z.string().regex(/^xapp-[\w-]+$/, 'the token of an app begins with xapp-'),
  ...settings,
})
