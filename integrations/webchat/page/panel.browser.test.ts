import { describe, expect, it } from 'vitest'
import { bubbles, composer, connected, isInstalled, said, useBrowser, visit, write } from '../browser.fixture.ts'

useBrowser()

describe.skipIf(!isInstalled)('several conversations in the page', () => {
  it('are begun, listed and opened, and what was open is open again after a reload', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await write(page, 'about tea')
    await said(page, 2)
    await page.getByRole('button', { name: 'New chat' }).click()
    await bubbles(page).first().waitFor({ state: 'detached' })
    await connected(page)
    await write(page, 'about coffee')
    expect(await said(page, 2)).toEqual(['You: about coffee', 'Chat: You said: about coffee'])
    await page.getByRole('button', { name: 'Chats' }).click()
    const panel = page.getByRole('dialog', { name: 'Your chats' })
    const listed = panel.getByRole('listitem').locator('.title')
    await expect.poll(() => listed.allTextContents()).toEqual(['about coffee', 'about tea'])
    expect(await panel.getByRole('button', { name: 'about coffee' }).getAttribute('aria-current')).toBe('true')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Chats' }).press('Enter')
    await panel.getByRole('button', { name: 'about tea' }).press('Enter')
    await page.getByText('You said: about tea').waitFor()
    expect(await said(page, 2)).toEqual(['You: about tea', 'Chat: You said: about tea'])
    await page.reload()
    await connected(page)
    expect(await said(page, 2)).toEqual(['You: about tea', 'Chat: You said: about tea'])
    expect(visitor.problems).toEqual([])
  })

  it('are opened at the latest one by another window', async () => {
    await using visitor = await visit()
    await write(visitor.page, 'first')
    await said(visitor.page, 2)
    await visitor.page.getByRole('button', { name: 'New chat' }).click()
    await bubbles(visitor.page).first().waitFor({ state: 'detached' })
    await connected(visitor.page)
    await write(visitor.page, 'second')
    await said(visitor.page, 2)
    const other = await visitor.context.newPage()
    await other.goto(visitor.bot.url)
    await connected(other)
    expect(await said(other, 2)).toEqual(['You: second', 'Chat: You said: second'])
  })

  it('tell that the bot has begun another one, which is read by opening it', async () => {
    await using visitor = await visit()
    const { page, bot } = visitor
    await write(page, 'hello')
    await said(page, 2)
    const { token } = JSON.parse(await page.evaluate(() => Object.values(localStorage)[0] as string)) as {
      token: string
    }
    const userId = token.split('.')[0] ?? ''
    const { conversationId } = await bot.actions.getOrCreateConversation({ conversation: { userId, id: 'news' } })
    await bot.write(conversationId, 'News for you')
    await page.getByText('1 unread').waitFor()
    await page.getByRole('button', { name: 'Chats' }).click()
    await page.getByRole('button', { name: 'News for you' }).click()
    expect(await said(page, 1)).toEqual(['Chat: News for you'])
    await page.getByText('1 unread').waitFor({ state: 'hidden' })
    await expect.poll(() => bot.heard.map(({ type }) => type)).toContain('webchat:messageRead')
  })

  it('are forgotten, and another visitor is begun', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await write(page, 'a secret')
    await said(page, 2)
    await page.getByRole('button', { name: 'Chats' }).click()
    await page.getByRole('button', { name: 'Forget me' }).click()
    await bubbles(page).first().waitFor({ state: 'detached' })
    await connected(page)
    await page.reload()
    await connected(page)
    expect(await page.getByText('a secret').count()).toBe(0)
    await write(page, 'hello')
    expect(await said(page, 2)).toEqual(['You: hello', 'Chat: You said: hello'])
  })

  it('leave what is being written alone', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await composer(page).fill('half a sen')
    await page.getByRole('button', { name: 'New chat' }).click()
    expect(await composer(page).inputValue()).toBe('half a sen')
  })
})
