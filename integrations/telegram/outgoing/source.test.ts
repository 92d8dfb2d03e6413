import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type * as security from 'plugboard/security'
import { expect, it, vi } from 'vitest'
import { BotApi } from '../bot-api.fixture.ts'
import { fromAda, smallBot } from '../small-bot.fixture.ts'

// What is to be fetched is on this machine here, where nothing is fetched from otherwise.
vi.mock('plugboard/security', async (original) => {
  const given = await original<typeof security>()
  const safeFetch: typeof given.safeFetch = (url, options) => given.safeFetch(url, { ...options, allow: ['127.0.0.1'] })
  return { ...given, safeFetch }
})

it.each([
  ['/report.docx', 200, { document: { name: 'report.docx', content: 'a report' } }],
  ['/download?id=1', 200, { document: { name: 'download.txt', content: 'a report' } }],
  ['/gone', 404, undefined],
])('what Telegram does not take from %s, answered with %s, is fetched by the bot', async (path, status, uploaded) => {
  const web = createServer((_, response) =>
    response.writeHead(status, { 'content-type': 'text/plain' }).end('a report'),
  )
  await new Promise<void>((resolve) => {
    web.listen(0, '127.0.0.1', resolve)
  })
  const fileUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}${path}`
  await using api = await BotApi.start()
  await using bot = await smallBot({ apiUrl: api.url, answer: () => [{ type: 'file', payload: { fileUrl } }] })
  api.instead('sendDocument', { error_code: 400, description: 'Bad Request: failed to get HTTP URL content' })
  await api.tell(fromAda({ text: 'send it' }))
  await bot.running.idle()
  const { items } = await bot.running.deadLetters()
  expect(api.called('sendDocument').map(({ chat_id: _, ...rest }) => rest)).toEqual([
    { document: fileUrl },
    ...(uploaded ? [uploaded] : []),
  ])
  expect(items.map(({ code }) => code)).toEqual(uploaded ? [] : ['vendor_refused'])
  web.closeAllConnections()
  web.close()
})
