import { expect, it } from 'vitest'
import { BotDefinition, IntegrationDefinition, PlugboardError } from 'plugboard'
import { Installation } from '../composition/installation.ts'
import { checkScripts } from './check-scripts.ts'
import { ScriptRunner } from './script-runner.ts'

it('what runs the scripts is asked for by name where it is not installed', async () => {
  class WithoutPackage extends ScriptRunner {
    override async check(): Promise<never> {
      throw new PlugboardError({ code: 'package_missing', message: 'it is not installed' })
    }
  }
  const definition = new IntegrationDefinition({ name: 'teams', identifier: { extractScript: '.body' } }).implementedBy(
    async () => ({ default: undefined as never }),
  )
  const bot = new BotDefinition()
    .addIntegration(definition, { alias: 'red' })
    .addIntegration(definition, { alias: 'blue' })
  const installations = bot.integrations.map((installed) => new Installation('bot', installed, {}))
  await using runner = new WithoutPackage()
  expect(await checkScripts(installations, runner)).toMatchObject([
    { code: 'package_missing', path: 'red.identifier', remedy: 'Install it: npm install @bpinternal/verel.' },
  ])
})
