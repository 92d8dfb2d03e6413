import { BotDefinition, IntegrationImplementation } from 'plugboard'
import databaseDefinition from './database.ts'

const database = databaseDefinition.implementedBy(async () => ({
  default: new IntegrationImplementation(databaseDefinition, {}),
}))
const bot = new BotDefinition({})
bot.addIntegration(database, {
  configurationType: 'postgres',
  configuration: {
    host: 'localhost',
    port: 5432,
    database: 'mydb',
    username: 'user',
    password: 'pass',
  },
})

export default bot
