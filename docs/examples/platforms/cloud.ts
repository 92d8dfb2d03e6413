import { IntegrationDefinition, IntegrationImplementation, PlugboardError, z } from 'plugboard'

// #region define
const definition = new IntegrationDefinition({
  name: 'cloud',
  secrets: { CLIENT_ID: {}, CLIENT_SECRET: {} },
  oauth: {
    authorizationUrl: 'https://cloud.example/authorize',
    tokenUrl: 'https://cloud.example/token',
    scopes: ['files.read'],
  },
  actions: {
    listFiles: { input: { schema: z.object({}) }, output: { schema: z.object({ names: z.array(z.string()) }) } },
  },
})

export default definition.implementedBy(async () => ({
  default: new IntegrationImplementation(definition, {
    oauth: ({ ctx }) => ({ clientId: ctx.secrets.CLIENT_ID, clientSecret: ctx.secrets.CLIENT_SECRET }),
    actions: {
      listFiles: async ({ client, signal }) => {
        const ask = (token: string) =>
          fetch('https://cloud.example/files', { signal, headers: { authorization: `Bearer ${token}` } })
        const token = await client.getAccessToken()
        let response = await ask(token)
        // Platforms take tokens back before their time.
        if (response.status === 401) response = await ask(await client.getAccessToken({ insteadOf: token }))
        if (!response.ok) throw new PlugboardError({ code: 'vendor_failed', message: `it answered ${response.status}` })
        return (await response.json()) as { names: string[] }
      },
    },
  }),
}))
// #endregion
