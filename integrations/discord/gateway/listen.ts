import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type APIGatewayBotInfo, GatewayCloseCodes } from 'discord-api-types/v10'
import { PlugboardError } from 'plugboard'
import { callDiscord } from '../api.ts'
import type { ListenProps } from '../props.ts'
import { Connection, type Ending } from './connection.ts'
import { forgetSession, sessionOf } from './session.ts'

/** Milliseconds after which what only a person can mend is tried again: Discord counts how often a bot begins. */
const whileNobodyMends = 600_000

/** Keeps a connection to the Gateway open as long as the bot runs. What broke off goes on where it was. */
export async function listen(props: ListenProps): Promise<void> {
  const { configuration, signal } = props
  if ('publicKey' in configuration) {
    if (!signal.aborted) await once(signal, 'abort')
    return
  }
  while (!signal.aborted) {
    const session = await sessionOf(props.client)
    const address = session?.url ?? (await gatewayOf(props))
    const ending = await new Connection({ ...props, configuration }, session).run(address)
    if (signal.aborted) return
    await settle(props, ending)
  }
}

async function gatewayOf(props: ListenProps): Promise<string> {
  const { url, session_start_limit: limit } = await callDiscord<APIGatewayBotInfo>(props, {
    what: 'the gateway',
    method: 'GET',
    path: '/gateway/bot',
  })
  if (limit.remaining > 0) return url
  throw new PlugboardError({
    code: 'vendor_rate_limited',
    message: `Discord lets the bot begin ${limit.total} times a day, and it has`,
    retryable: true,
    retryAfter: limit.reset_after,
  })
}

/** What is to be done before the next connection. */
async function settle({ client, signal, logger }: ListenProps, ending: Ending): Promise<void> {
  const { code, error, isInvalid, wasOpen } = ending
  if (isInvalid || over.includes(code)) await forgetSession(client)
  if (error !== undefined) throw error
  const remedy = Object.hasOwn(remedies, code) ? remedies[code] : undefined
  if (remedy !== undefined)
    throw new PlugboardError({
      code: code === unauthorized ? 'vendor_unauthorized' : 'vendor_refused',
      message: `Discord closed the gateway (${code}): ${remedy}`,
      retryAfter: whileNobodyMends,
    })
  // As Discord asks: a little later, not all at once.
  if (isInvalid) await sleep(1000 + Math.random() * 4000, undefined, { signal })
  else if (!wasOpen)
    throw new PlugboardError({
      code: 'vendor_unavailable',
      message: `Discord closed the gateway (${code}) before it was open`,
      retryable: true,
    })
  logger.debug('the gateway of Discord is opened again', { code })
}

const unauthorized: number = GatewayCloseCodes.AuthenticationFailed
/** Codes after which a session cannot go on. */
const over: readonly number[] = [1000, 1001, GatewayCloseCodes.InvalidSeq, GatewayCloseCodes.SessionTimedOut]

const remedies: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    'it does not know the token of the bot. Bot → Reset Token of the developer portal gives another one.',
  [GatewayCloseCodes.InvalidShard]: 'it wants another division of servers among connections',
  [GatewayCloseCodes.ShardingRequired]:
    'the bot is in more servers than one connection takes, and this integration has one',
  [GatewayCloseCodes.InvalidAPIVersion]: 'it does not speak this version any more',
  [GatewayCloseCodes.InvalidIntents]: 'it does not know what the bot wants to hear',
  [GatewayCloseCodes.DisallowedIntents]:
    'the bot may not read messages: turn on Bot → Message Content Intent, or configure `readMessages: false`',
}
