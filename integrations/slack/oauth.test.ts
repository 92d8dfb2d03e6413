/** Access that somebody gives, on the pages of an emulator that was written by others. */
import slack from '@plugboard/slack'
import { createEmulator } from 'emulate'
import { BotDefinition } from 'plugboard'
import { newMasterKey, serve, startBot } from 'plugboard/runtime'
import { expect, it } from 'vitest'
import { freePort } from './free-port.fixture.ts'
import { signingSecret } from './requests.fixture.ts'

/** A bot in which Slack is to be given access, behind a server, and an emulator that knows its app. */
async function open(environment: Record<string, string>) {
  const served: { bot?: ReturnType<Parameters<typeof serve>[0]> } = {}
  const server = await serve(() => served.bot, { port: 0 })
  const app = {
    client_id: '123.456',
    client_secret: 'canary-client-secret',
    name: 'Plug',
    redirect_uris: [`${server.url}/_integrations/slack/oauth/callback`],
    scopes: ['chat:write'],
  }
  const emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: { slack: { oauth_apps: [app] } },
  })
  const log: object[] = []
  const definition = new BotDefinition({ name: 'granted' }).addIntegration(slack, {
    configurationType: 'oauth',
    configuration: { signingSecret, apiUrl: `${emulator.url}/api/` },
  })
  const running = await startBot(definition, {
    url: server.url,
    environment: { PLUGBOARD_SECRET_KEY: newMasterKey().reveal(), ...environment },
    log: (line) => void log.push(line),
  })
  served.bot = running
  return {
    running,
    log,
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await running.stop()
      await emulator.close()
    },
  }
}
const client = {
  PLUGBOARD_SECRET_SLACK_CLIENT_ID: '123.456',
  PLUGBOARD_SECRET_SLACK_CLIENT_SECRET: 'canary-client-secret',
}

/** Goes where a browser goes: to Slack, where somebody agrees, and back. */
async function agree(link: string): Promise<{ status: number; text: string }> {
  const opened = await fetch(link, { redirect: 'manual' })
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const page = new URL(opened.headers.get('location') ?? '')
  expect((await fetch(page)).status).toBe(200)
  const fields = ['redirect_uri', 'scope', 'state', 'client_id'].map((name) => [
    name,
    page.searchParams.get(name) ?? '',
  ])
  const agreed = await fetch(new URL('/oauth/v2/authorize/callback', page), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams([['user_id', 'U000000001'], ...fields]),
  })
  const back = await fetch(agreed.headers.get('location') ?? '', { headers: { cookie } })
  return { status: back.status, text: await back.text() }
}

it('access is asked for with what the bot needs, and once it is given the bot is registered', async () => {
  await using bot = await open(client)
  expect(bot.running.installations).toMatchObject([{ active: false, authorization: { status: 'needed' } }])
  const { url } = await bot.running.authorize('slack')
  expect(await agree(url)).toMatchObject({ status: 200 })
  await expect
    .poll(() => bot.running.installations)
    .toMatchObject([{ active: true, authorization: { status: 'authorized' }, registration: { status: 'registered' } }])
  const { state } = await bot.running.clientOf('slack').getState({ name: 'account' })
  expect(state?.payload).toMatchObject({ teamId: 'T000000001', userId: expect.stringMatching(/^U/) })
  expect(JSON.stringify([bot.log, bot.running.installations])).not.toMatch(/xoxb-|canary/)
})

it('a wrong secret of the app gives no access, and says what Slack said', async () => {
  await using bot = await open({ ...client, PLUGBOARD_SECRET_SLACK_CLIENT_SECRET: 'another' })
  const { status, text } = await agree((await bot.running.authorize('slack')).url)
  expect(status).toBe(502)
  expect(text).toContain('invalid_client_id')
})

it('without the secrets of the app nobody is sent to Slack', async () => {
  await using bot = await open({})
  await expect(bot.running.authorize('slack')).rejects.toMatchObject({ code: 'oauth_invalid' })
})
