import { createHmac } from 'node:crypto'
import { bot, team } from './web-api-answers.fixture.ts'

/** What Slack and the bot know. */
export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5'

/** How a request differs from one that Slack sends now. */
export interface Signing {
  readonly secret?: string
  /** Seconds from now. */
  readonly age?: number
}

/** The headers that Slack signs a body with. */
export function signed(body: string, { secret = signingSecret, age = 0 }: Signing = {}): Record<string, string> {
  const timestamp = `${Math.floor(Date.now() / 1000) - age}`
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` }
}

let events = 0

/** An event in its envelope, as the documentation shows it. */
export const enveloped = (event: object, more: object = {}): string =>
  JSON.stringify({
    token: 'XXYYZZ',
    team_id: team.id,
    api_app_id: 'A0APP',
    event,
    type: 'event_callback',
    event_id: `Ev${(events += 1).toString().padStart(8, '0')}`,
    event_time: 1_790_000_000,
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: bot.userId, is_bot: true }],
    ...more,
  })

let time = 1_780_000_000
const newTs = (): string => `${(time += 1)}.000200`

/** A message of Ada in the general channel. */
export const inChannel = (content: object = {}) => ({
  type: 'message',
  channel: 'C0GENERAL',
  user: 'U0ADA',
  text: 'hello',
  ts: newTs(),
  channel_type: 'channel',
  team: team.id,
  ...content,
})

/** A message of Ada alone with the bot. */
export const fromAda = (content: object = {}) => inChannel({ channel: 'D0ADA', channel_type: 'im', ...content })

/** A press of Ada, as the address for interactivity gets it. */
export const pressed = (interaction: object): string =>
  new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_actions',
      team: { id: team.id, domain: 'plugs' },
      user: { id: 'U0ADA', username: 'ada', name: 'ada', team_id: team.id },
      api_app_id: 'A0APP',
      trigger_id: '13345224609.738474920.8088930838d88f008e0',
      ...interaction,
    }),
  }).toString()

/** A slash command of Ada. */
export const commanded = (fields: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({
    token: 'gIkuvaNzQIHg97ATvDxqgjtO',
    team_id: team.id,
    team_domain: 'plugs',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    user_id: 'U0ADA',
    user_name: 'ada',
    command: '/weather',
    text: '94070',
    response_url: 'https://hooks.slack.com/commands/1234/5678',
    trigger_id: '13345224609.738474920.8088930838d88f008e0',
    api_app_id: 'A0APP',
    ...fields,
  }).toString()
