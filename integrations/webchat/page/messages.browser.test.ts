import { describe, expect, it } from 'vitest'
import { bubbles, composer, isInstalled, said, useBrowser, visit, write } from '../browser.fixture.ts'

useBrowser()
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe.skipIf(!isInstalled)('messages in the page', () => {
  it('of every kind are shown', async () => {
    await using visitor = await visit()
    const { page } = visitor
    for (const word of ['dropdown', 'carousel', 'sound', 'film', 'paper', 'formatted', 'mixed', 'where']) {
      await write(page, word)
      await page.locator('.message.bot:not(.draft)').last().waitFor()
      await expect.poll(() => page.locator('.message.bot').count()).toBe(await page.locator('.message.visitor').count())
    }
    expect(await page.locator('.carousel > li').count()).toBe(3)
    expect(await page.getByRole('link', { name: 'A paper' }).getAttribute('href')).toBe('https://example.com/paper.pdf')
    expect(await page.getByRole('link', { name: '1, 2 (map)' }).getAttribute('href')).toContain('openstreetmap.org')
    const markdown = page.locator('.markdown').first()
    expect(await markdown.evaluate((element) => element.innerHTML)).toBe(
      [
        '<h2>Title</h2>',
        '<p>Some <strong>bold</strong>, <em>slanted</em>, <s>struck</s> and <code>code</code> with a ',
        '<a href="https://example.com/page" target="_blank" rel="noopener noreferrer">link</a>.<br>A second line.</p>',
        '<ul><li>one</li><li>two<ul><li>deeper</li></ul></li><li>three</li></ul>',
        '<ol><li>first</li><li>second</li></ol>',
        '<blockquote><p>quoted</p></blockquote>',
        '<pre tabindex="0"><code>const a = "&lt;b&gt;";</code></pre>',
        '<div class="table" tabindex="0"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>',
        '<hr>',
      ].join(''),
    )
    await page.getByRole('combobox', { name: 'Which size?' }).selectOption('Large')
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    await page.getByText('You said: large, please').waitFor()
    expect(visitor.problems.filter((problem) => !/media|ERR_|decode/i.test(problem))).toEqual([])
  })

  it('run nothing that is hidden in them', async () => {
    await using visitor = await visit({ configuration: { title: 'Safe' } })
    const { page } = visitor
    await write(page, 'hostile')
    await page.getByText('1, 2 (map)').waitFor()
    await page.getByText('Run me').click()
    const found = await page.evaluate(() => ({
      title: document.title,
      scripts: document.querySelectorAll('script').length,
      odd: document.querySelectorAll('#list :is(iframe, svg, object, embed, style, form)').length,
      handlers: [...document.querySelectorAll('#list *')].filter((element) =>
        element.getAttributeNames().some((name) => name.startsWith('on')),
      ).length,
      links: [...document.querySelectorAll('#list a')].map((anchor) => (anchor as HTMLAnchorElement).protocol),
    }))
    expect(found).toMatchObject({ title: 'Safe', scripts: 1, odd: 0, handlers: 0 })
    expect(new Set(found.links)).toEqual(new Set(['https:']))
    expect(visitor.problems).toEqual([])
  })

  it('that the bot changes, deletes, reads and reacts to are another at once', async () => {
    await using visitor = await visit()
    const { page, bot } = visitor
    await write(page, 'hello')
    await said(page, 2)
    const [conversation] = (await bot.running.clientOf('webchat').listConversations()).items
    const conversationId = conversation?.id ?? ''
    const { items } = await bot.running.clientOf('webchat').listMessages({ conversationId })
    const idOf = (direction: string): string => items.find((one) => one.direction === direction)?.id ?? ''
    const [own, answer] = [idOf('incoming'), idOf('outgoing')].map((messageId) => ({ conversationId, messageId }))
    await bot.actions.markMessageAsRead(own!)
    await page.getByText('Read', { exact: true }).waitFor()
    await bot.actions.addReaction({ ...own!, reaction: '🎉' })
    await page.getByRole('button', { name: '🎉 by Chat' }).waitFor()
    await bot.actions.editMessage({ ...answer!, text: 'Another answer' })
    await page.getByText('Edited').waitFor()
    expect(await said(page, 2)).toEqual(['You: hello', 'Chat: Another answer'])
    await bot.actions.deleteMessage(answer!)
    await page.getByText('This message was deleted.').waitFor()
    expect(visitor.problems).toEqual([])
  })

  it('are reacted to, edited and deleted by their visitor, with the keyboard alone', async () => {
    await using visitor = await visit()
    const { page, bot } = visitor
    await write(page, 'hello')
    await said(page, 2)
    const menus = page.getByRole('button', { name: 'What to do with this message' })
    await menus.nth(1).press('Enter')
    await page.keyboard.press('Escape')
    expect(await menus.nth(1).getAttribute('aria-expanded')).toBe('false')
    await menus.nth(1).press('Enter')
    await page.getByRole('button', { name: 'React with 👍' }).press('Enter')
    const chip = page.getByRole('button', { name: '👍 by you' })
    await chip.waitFor()
    expect(await chip.getAttribute('aria-pressed')).toBe('true')
    await chip.press('Enter')
    await chip.waitFor({ state: 'detached' })
    await menus.nth(0).press('Enter')
    await page.getByRole('button', { name: 'Edit' }).press('Enter')
    expect(await composer(page).inputValue()).toBe('hello')
    await write(page, 'hello again')
    await page.getByText('You: hello again').waitFor()
    await menus.nth(0).press('Enter')
    await page.getByRole('button', { name: 'Delete' }).press('Enter')
    await page.getByText('You deleted this message.').waitFor()
    await expect
      .poll(() => bot.heard.map(({ type }) => type.slice('webchat:'.length)))
      .toEqual(
        expect.arrayContaining(['reactionAdded', 'reactionRemoved', 'messageEdited', 'messageDeleted', 'messageRead']),
      )
  })

  it('that are files are sent, shown and kept from what is not taken', async () => {
    await using visitor = await visit({ configuration: { uploadLimit: 2000 } })
    const { page } = visitor
    const picker = page.locator('#picker')
    await picker.setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: png })
    await page.getByRole('img', { name: 'dot.png' }).waitFor()
    await picker.setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('a note') })
    await page.getByRole('button', { name: 'note.txt' }).waitFor()
    await expect.poll(() => page.locator('.pending').count()).toBe(0)
    await page.reload()
    const shown = page.getByRole('img', { name: 'dot.png' })
    await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'note.txt' }).click()
    expect((await downloading).suggestedFilename()).toBe('note.txt')
    await picker.setInputFiles({ name: 'big.png', mimeType: 'image/png', buffer: Buffer.alloc(3000) })
    await page.getByRole('alert').getByText('“big.png” cannot be sent: it has 3 kB, of at most 2 kB.').waitFor()
    await picker.setInputFiles({ name: 'run.exe', mimeType: 'application/x-msdownload', buffer: png })
    await page.getByRole('alert').getByText('“run.exe” cannot be sent').waitFor()
    expect(await bubbles(page).count()).toBe(2)
    expect(visitor.problems).toEqual([])
  })

  it('show files that the bot shares', async () => {
    await using visitor = await visit()
    const { page, bot } = visitor
    await write(page, 'hello')
    await said(page, 2)
    const client = bot.running.clientOf('webchat')
    const conversationId = (await client.listConversations()).items[0]?.id ?? ''
    await client.uploadFile({ key: 'dot.png', content: png, contentType: 'image/png' })
    const { url } = await bot.actions.shareFile({ conversationId, key: 'dot.png' })
    await bot.write(conversationId, { type: 'image', payload: { imageUrl: url, title: 'A dot' } })
    const shown = page.getByRole('img', { name: 'A dot' })
    await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1)
    expect(visitor.problems).toEqual([])
  })

  it('that are being written are told of, both ways', async () => {
    await using visitor = await visit()
    const { page, bot } = visitor
    await write(page, 'hello')
    await said(page, 2)
    await composer(page).pressSequentially('ab')
    await composer(page).fill('')
    const typed = () => bot.heard.filter(({ type }) => type === 'webchat:visitorTyping').map(({ payload }) => payload)
    await expect.poll(typed).toMatchObject([{ typing: true }, { typing: false }])
    const client = bot.running.clientOf('webchat')
    const conversationId = (await client.listConversations()).items[0]?.id ?? ''
    const messageId = (await client.listMessages({ conversationId })).items[0]?.id ?? ''
    const typing = page.getByText('Chat is writing …')
    await bot.actions.startTypingIndicator({ conversationId, messageId })
    expect(await typing.count()).toBe(1)
    await expect.poll(() => page.locator('#typing').isVisible()).toBe(true)
    await bot.actions.stopTypingIndicator({ conversationId, messageId })
    await expect.poll(() => page.locator('#typing').isVisible()).toBe(false)
    await bot.actions.startTypingIndicator({ conversationId, messageId })
    await expect.poll(() => page.locator('#typing').isVisible()).toBe(true)
    await bot.write(conversationId, 'Here it is')
    await said(page, 3)
    expect(await page.locator('#typing').isVisible()).toBe(false)
    await bot.actions.startTypingIndicator({ conversationId, messageId, timeout: 50 })
    await expect.poll(() => page.locator('#typing').isVisible()).toBe(false)
  })
})
