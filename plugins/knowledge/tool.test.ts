import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import localFiles from '@plugboard/local-files'
import scripted from '@plugboard/scripted'
import { BotDefinition } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { chat, talk } from 'plugboard/testing'
import { expect, onTestFinished, test } from 'vitest'
// #region tool
import assistant from 'plugboard/plugins/assistant'
import knowledge from 'plugboard/plugins/knowledge'

const librarian = (folder: string) =>
  new BotDefinition()
    .addIntegration(localFiles, { configuration: { folder } })
    .addIntegration(scripted, {
      configuration: { rules: [{ when: 'returned', toolCall: { name: 'look_up', input: { query: '$0' } } }] },
    })
    .addPlugin(knowledge, { dependencies: { files: 'local-files' } })
    .addPlugin(assistant, { tools: [{ action: 'knowledge:search', name: 'look_up' }] })
// #endregion

test('the assistant looks up what it is asked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'librarian-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'returns.md'), '# Returns\n\nA purchase can be returned within thirty days.')
  const channel = chat()
  const bot = librarian(folder).addIntegration(channel)
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  await running.actions.knowledge.ingest({})
  await running.idle()
  const { say } = await talk(running)
  await say('Can a purchase be returned?')
  expect(channel.sent.join('\n')).toContain('within thirty days')
  expect((await running.deadLetters()).items).toEqual([])
})
