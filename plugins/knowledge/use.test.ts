import localFiles from '@plugboard/local-files'
import scripted from '@plugboard/scripted'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BotDefinition, BotImplementation } from 'plugboard'
import { startBot } from 'plugboard/runtime'
import { afterAll, expect, test } from 'vitest'
// #region use
import knowledge from 'plugboard/plugins/knowledge'

const folder = await mkdtemp(join(tmpdir(), 'handbook-'))
await writeFile(join(folder, 'returns.md'), '# Returns\n\nA purchase can be returned within thirty days.')

const bot = new BotImplementation(
  new BotDefinition()
    .addIntegration(localFiles, { configuration: { folder } })
    .addIntegration(scripted)
    .addPlugin(knowledge, { dependencies: { files: 'local-files' } }),
)
bot.on.message('text', async ({ message, client, actions }) => {
  const { answer, sources } = await actions.knowledge.answer({ question: message.payload.text })
  const list = sources.filter(({ cited }) => cited).map(({ number, source }) => `[${number}] ${source}`)
  await client.createMessage({
    conversationId: message.conversationId,
    type: 'text',
    payload: { text: [answer, ...list].join('\n') },
  })
})
// #endregion

afterAll(() => rm(folder, { recursive: true }))

test('the bot of the read-me knows what is in its folder', async () => {
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  await running.actions.knowledge.ingest({})
  await running.idle()
  const { passages } = await running.actions.knowledge.search({ query: 'Can a purchase be returned?' })
  expect(passages).toMatchObject([{ source: 'returns.md', title: 'Returns', heading: 'Returns', position: 1 }])
})

test('it knows of a file that comes, changes and goes, without being started anew or asked to look', async () => {
  await using running = await startBot(bot, { environment: {}, log: () => {} })
  const search = () => running.actions.knowledge.search({ query: 'What does shipping cost?' })
  const found = async () =>
    (await search()).passages.flatMap(({ source, text }) => (source === 'shipping.md' ? [text] : []))
  const waiting = { timeout: 20_000 }
  expect(await found()).toEqual([])
  await writeFile(join(folder, 'shipping.md'), 'Shipping costs 5 euros.')
  await expect.poll(found, waiting).toEqual(['Shipping costs 5 euros.'])
  await writeFile(join(folder, 'shipping.md'), 'Shipping costs 7 euros.\n')
  await expect.poll(found, waiting).toEqual(['Shipping costs 7 euros.'])
  await rm(join(folder, 'shipping.md'))
  await expect.poll(found, waiting).toEqual([])
}, 90_000)
