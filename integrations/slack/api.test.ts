import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Caller, callSlack } from './api.ts'
import { token, WebApi } from './web-api.fixture.ts'

let api: WebApi
let asked: (string | undefined)[]
beforeEach(async () => {
  api = await WebApi.start()
  asked = []
})
afterEach(() => api[Symbol.asyncDispose]())

/** A handler of an installation that was given access, with a token that was good until now. */
const caller = (first: string): Caller =>
  ({
    ctx: { configurationType: 'oauth' },
    configuration: { apiUrl: api.url },
    signal: new AbortController().signal,
    client: {
      getAccessToken: async ({ insteadOf }: { insteadOf?: string } = {}) => {
        asked.push(insteadOf)
        return insteadOf === undefined ? first : token
      },
    },
  }) as never

it('a token that was given and is not taken any more is replaced, once', async () => {
  const { user_id } = await callSlack(caller('xoxe.xoxb-1-old'), (client) => client.auth.test())
  expect([user_id, asked]).toEqual(['U0BOT', [undefined, 'xoxe.xoxb-1-old']])
  api.instead('auth.test', { error: 'token_revoked' }, { error: 'token_revoked' })
  await expect(callSlack(caller(token), (client) => client.auth.test())).rejects.toMatchObject({
    code: 'vendor_unauthorized',
  })
  expect(api.called('auth.test')).toHaveLength(4)
})

it('a token that lacks a scope stays: another one would lack it too', async () => {
  api.instead('auth.test', { error: 'missing_scope', needed: 'users:read' })
  await expect(callSlack(caller(token), (client) => client.auth.test())).rejects.toMatchObject({
    code: 'vendor_unauthorized',
  })
  expect(asked).toEqual([undefined])
})
