import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { type HttpOptions, nodeHandler, type RunningBot, serve, startBot } from 'plugboard/runtime'
import { describe, expect, it } from 'vitest'

/** A bot that takes little, but two megabytes at `/large`, and says how much it got. */
function startDesk(): Promise<RunningBot> {
  const definition = new IntegrationDefinition({
    name: 'desk',
    configuration: { schema: z.object({ most: z.number().default(10) }) },
  })
  const desk = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      webhook: {
        verify: 'none',
        deliveryId: 'none',
        bodyLimit: ({ req, configuration }) =>
          req.method === 'POST' && req.path === '/large' && req.query === 'yes' ? 2_000_000 : configuration.most,
      },
      handler: async ({ req }) => ({ body: String(req.rawBody.length) }),
    }),
  }))
  return startBot(new BotDefinition({ name: 'limited' }).addIntegration(desk), { log: () => {}, environment: {} })
}

const hosts: Readonly<
  Record<string, (bot: RunningBot, options: HttpOptions) => Promise<{ url: string } & AsyncDisposable>>
> = {
  'the server': (bot, options) => serve(() => bot, { port: 0, ...options }),
  'a server of node:http': async (bot, options) => {
    const server = createServer(nodeHandler(() => bot, options))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      async [Symbol.asyncDispose]() {
        server.close()
        server.closeAllConnections()
        await once(server, 'close')
      },
    }
  },
}

describe.each(Object.entries(hosts))('the longest body of a request to an integration, with %s', (_, host) => {
  const send = async (url: string, path: string, length: number): Promise<unknown[]> => {
    const response = await fetch(`${url}/desk${path}`, { method: 'POST', body: new Uint8Array(length) })
    return [response.status, await response.text()]
  }
  const tooLarge = [413, expect.stringContaining('body_too_large')]

  it('is what the integration says, less or more than the server takes otherwise', async () => {
    await using bot = await startDesk()
    await using at = await host(bot, {})
    expect(await send(at.url, '/', 10)).toEqual([200, '10'])
    expect(await send(at.url, '/', 11)).toEqual(tooLarge)
    expect(await send(at.url, '/large?yes', 2_000_000)).toEqual([200, '2000000'])
    expect(await send(at.url, '/large?yes', 2_000_001)).toEqual(tooLarge)
    expect(await send(at.url, '/large', 11)).toEqual(tooLarge)
  })

  it('is never more than what was set for the server', async () => {
    await using bot = await startDesk()
    await using at = await host(bot, { bodyLimit: 1000 })
    expect(await send(at.url, '/large?yes', 1000)).toEqual([200, '1000'])
    expect(await send(at.url, '/large?yes', 1001)).toEqual(tooLarge)
    expect(await send(at.url, '/', 11)).toEqual(tooLarge)
  })

  it('is asked for before the body has come', async () => {
    await using bot = await startDesk()
    await using at = await host(bot, {})
    const answer = await new Promise<unknown[]>((resolve, reject) => {
      const headers = { 'content-length': '1000000' }
      const asking = request(`${at.url}/desk/`, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve([response.statusCode, response.headers['connection']])
      })
      asking.on('error', reject)
      // No more of it is ever sent.
      asking.write('a')
    })
    expect(answer).toEqual([413, 'close'])
  })
})
