import { OAuth2Server } from 'oauth2-mock-server'
import { BotDefinition, IntegrationDefinition, IntegrationImplementation, z } from 'plugboard'
import { newMasterKey, type RunningBot, serve, startBot, type StartOptions } from 'plugboard/runtime'

/** A platform that gives tokens; `requests` has what it was asked for them, the last first. */
export async function openPlatform() {
  const server = new OAuth2Server()
  await server.issuer.keys.generate('RS256')
  await server.start(0, '127.0.0.1')
  const requests: { grant_type: string; [name: string]: unknown }[] = []
  const url = `http://127.0.0.1:${server.address().port}`
  const answers: { status: number; body: Record<string, unknown> }[] = []
  server.service.on(
    'beforeResponse',
    (response: { body: unknown; statusCode: number }, request: { body: (typeof requests)[number] }) => {
      requests.unshift({ ...request.body })
      const next = answers.shift()
      if (next) Object.assign(response, { statusCode: next.status, body: next.body })
    },
  )
  return {
    url,
    requests,
    service: server.service,
    /** Has the next answers be these, one after another. */
    answer: (...next: typeof answers) => void answers.push(...next),
    /** Has the next answer be these tokens, of which the access token ends after so many seconds. */
    give: (access: string, refresh?: string, expires = 3600) =>
      void answers.push({
        status: 200,
        body: {
          access_token: access,
          token_type: 'Bearer',
          expires_in: expires,
          ...(refresh !== undefined && { refresh_token: refresh }),
        },
      }),
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await server.stop()
    },
  }
}
export type Platform = Awaited<ReturnType<typeof openPlatform>>

/** An integration of that platform; `tell` is an action that gives its access token. */
export function cloudAt(url: string, name = 'cloud', pkce?: boolean) {
  const registered: string[] = []
  const definition = new IntegrationDefinition({
    name,
    version: '1.0.0',
    configuration: { schema: z.object({ client: z.string().default('client-1') }) },
    secrets: { CLIENT_SECRET: {} },
    oauth: {
      authorizationUrl: `${url}/authorize?tenant=1`,
      tokenUrl: `${url}/token`,
      revocationUrl: `${url}/revoke`,
      scopes: ['read', 'write'],
      parameters: { access_type: 'offline', state: 'mine', code_challenge_method: 'plain' },
      ...(pkce !== undefined && { pkce }),
    },
    actions: {
      tell: {
        input: { schema: z.object({ insteadOf: z.string().optional() }) },
        output: { schema: z.object({ token: z.string() }) },
      },
    },
  })
  const integration = definition.implementedBy(async () => ({
    default: new IntegrationImplementation(definition, {
      oauth: ({ configuration, ctx }) => ({ clientId: configuration.client, clientSecret: ctx.secrets.CLIENT_SECRET }),
      register: async ({ client }) => void registered.push(await client.getAccessToken()),
      actions: {
        tell: async ({ client, input: { insteadOf } }) => ({ token: await client.getAccessToken({ insteadOf }) }),
      },
    }),
  }))
  return { integration, registered, bot: () => new BotDefinition().addIntegration(integration, { alias: 'mine' }) }
}

export const clientSecret = 'canary-client-secret'
export const key = newMasterKey().reveal()
export const environment = { PLUGBOARD_SECRET_KEY: key, PLUGBOARD_SECRET_MINE_CLIENT_SECRET: clientSecret }

/** Starts a bot behind a server that it knows the address of. */
export async function open(bot: object, options: StartOptions = {}) {
  const lines: object[] = []
  const started: RunningBot[] = []
  const server = await serve(() => started[0], { port: 0, adminToken: 'the-token-of-tests' })
  const running = await startBot(bot as BotDefinition, {
    environment,
    url: server.url,
    log: (line) => void lines.push(line),
    ...options,
  })
  started.push(running)
  return {
    running,
    lines,
    url: server.url,
    tell: async (insteadOf?: string): Promise<string> => {
      const actions = running.actions as unknown as Record<string, { tell(input: object): Promise<{ token: string }> }>
      return (await actions['mine']!.tell({ ...(insteadOf !== undefined && { insteadOf }) })).token
    },
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await running.stop()
    },
  }
}

/** A browser: keeps cookies by their paths, and follows no redirect by itself. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>()

  async get(url: string): Promise<{ status: number; location: string; text: string; headers: Headers }> {
    const { pathname } = new URL(url)
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { ...(cookie !== '' && { cookie }) } })
    for (const given of response.headers.getSetCookie()) {
      const [, name = '', value = '', path = '/'] = /^([^=]+)=([^;]*); Path=([^;]+)/.exec(given) ?? []
      if (given.includes('Max-Age=0')) this.#cookies.delete(name)
      else this.#cookies.set(name, { value, path })
    }
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      text: await response.text(),
      headers: response.headers,
    }
  }

  get cookies(): number {
    return this.#cookies.size
  }

  /** Opens a link, is asked by the platform, and gives the address by which it comes back. */
  async back(link: string): Promise<string> {
    const { location } = await this.get(link)
    return (await this.get(location)).location
  }

  /** Goes all the way. */
  async authorize(link: string): Promise<{ status: number; text: string }> {
    return this.get(await this.back(link))
  }
}
