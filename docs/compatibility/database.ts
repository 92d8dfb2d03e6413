import { IntegrationDefinition, z } from 'plugboard'

export default new IntegrationDefinition({
  name: 'database',
  // Default configuration
  configuration: {
    schema: z.object({
      connectionString: z.string(),
    }),
  },
  // Alternative configurations
  configurations: {
    postgres: {
      schema: z.object({
        host: z.string(),
        port: z.number(),
        database: z.string(),
        username: z.string(),
        password: z.string(),
      }),
    },
    mongodb: {
      schema: z.object({
        uri: z.string(),
        database: z.string(),
      }),
    },
  },
})
