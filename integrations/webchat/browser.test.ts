import { describe, expect, it } from 'vitest'
import { composer, connected, isInstalled, said, useBrowser, visit } from './browser.fixture.ts'
import { slowly } from './small-bot.fixture.ts'

useBrowser()

describe.skipIf(!isInstalled)('the page in a browser', () => {
  it('sends what is written, shows the answer, and both again after a reload', async () => {
    await using visitor = await visit({ configuration: { title: 'Ada', greeting: 'Welcome!' } })
    const { page } = visitor
    expect(await page.title()).toBe('Ada')
    await composer(page).fill('hello')
    await composer(page).press('Enter')
    const conversation = ['Ada: Welcome!', 'You: hello', 'Ada: You said: hello']
    expect(await said(page, 3)).toEqual(conversation)
    expect(await composer(page).inputValue()).toBe('')
    const times = page.getByRole('listitem').locator('time')
    expect(await times.allInnerTexts()).toEqual([expect.stringMatching(/^\d\d:\d\d$/), expect.any(String)])
    await page.reload()
    await connected(page)
    expect(await said(page, 3)).toEqual(conversation)
    expect(visitor.problems).toEqual([])
  })

  it('takes lines with Shift and Enter, sends with the button, and nothing where nothing is written', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await composer(page).press('Enter')
    await composer(page).fill('  ')
    await page.getByRole('button', { name: 'Send' }).click()
    await composer(page).fill('')
    await composer(page).pressSequentially('a')
    await composer(page).press('Shift+Enter')
    await composer(page).pressSequentially('b')
    await page.getByRole('button', { name: 'Send' }).click()
    expect(await said(page, 2)).toEqual(['You: a\nb', 'Chat: You said: a\nb'])
  })

  it('shows choices, whose buttons send their values', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await composer(page).fill('choose')
    await composer(page).press('Enter')
    await page.getByRole('button', { name: 'Tea' }).focus()
    await page.keyboard.press('Enter')
    expect((await said(page, 4)).slice(2)).toEqual(['You: tea, please', 'Chat: You said: tea, please'])
    expect(visitor.problems).toEqual([])
  })

  it('shows cards and images, and lets nothing in them run', async () => {
    await using visitor = await visit()
    const { page } = visitor
    for (const [index, word] of ['card', 'image', 'markup'].entries()) {
      await composer(page).fill(word)
      await composer(page).press('Enter')
      await said(page, 2 * index + 2)
    }
    expect(await page.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(
      ['https://example.com/', 'https://example.com/a?b=1'],
    )
    await page.getByRole('button', { name: 'Run' }).click()
    expect((await said(page, 8)).at(-1)).toContain('You said: javascript:')
    expect(await page.getByRole('img', { name: 'A picture' }).count()).toBe(1)
    expect(await page.title()).toBe('Chat')
    expect(visitor.problems).toEqual([])
  })

  it('shows an answer while it is made, and the whole in its place', async () => {
    const parts = slowly()
    await using visitor = await visit({ parts })
    const { page } = visitor
    await composer(page).fill('slowly')
    await composer(page).press('Enter')
    await said(page, 1)
    const draft = page.locator('.draft .bubble')
    const seen: string[] = []
    for (const [part, whole] of [
      ['Good', 'Good'],
      [' morning', 'Good morning'],
      [', Ada', 'Good morning, Ada'],
    ] as const) {
      parts.write(part)
      await draft.getByText(`Chat: ${whole}`, { exact: true }).waitFor()
      seen.push((await draft.allTextContents()).join('|'))
    }
    expect(seen).toEqual(['Chat: Good', 'Chat: Good morning', 'Chat: Good morning, Ada'])
    // Not spoken before it is whole.
    expect(await page.getByRole('log').getByRole('listitem').count()).toBe(1)
    parts.write('!')
    parts.end()
    const conversation = ['You: slowly', 'Chat: Good morning, Ada!']
    expect(await said(page, 2)).toEqual(conversation)
    expect(await page.locator('.draft').count()).toBe(0)
    await page.reload()
    await connected(page)
    expect(await said(page, 2)).toEqual(conversation)
    expect(visitor.problems).toEqual([])
  })

  it('takes away an answer that is not to come', async () => {
    const parts = slowly()
    await using visitor = await visit({ parts })
    const { page } = visitor
    await composer(page).fill('slowly')
    await composer(page).press('Enter')
    parts.write('Good')
    await page.locator('.draft').waitFor()
    parts.fail(new Error('the model has gone'))
    await page.locator('.draft').waitFor({ state: 'detached' })
    expect(await said(page, 1)).toEqual(['You: slowly'])
  })

  it('shows an answer that is being made to who comes in the middle of it', async () => {
    const parts = slowly()
    await using visitor = await visit({ parts })
    const { page } = visitor
    await composer(page).fill('slowly')
    await composer(page).press('Enter')
    parts.write('Good')
    await page.locator('.draft').waitFor()
    const other = await visitor.context.newPage()
    await other.goto(visitor.bot.url)
    await connected(other)
    parts.write(' morning')
    await other.locator('.draft .bubble').getByText('Chat: Good morning').waitFor()
    parts.end()
    expect(await said(other, 2)).toEqual(['You: slowly', 'Chat: Good morning'])
    expect(await said(page, 2)).toEqual(['You: slowly', 'Chat: Good morning'])
  })

  it('comes back by itself when the server does, and shows what it missed once', async () => {
    await using visitor = await visit()
    const { page, bot } = visitor
    await composer(page).fill('one')
    await composer(page).press('Enter')
    await said(page, 2)
    await bot.pauseServing()
    await page.getByText(/Not connected/).waitFor()
    await composer(page).fill('two')
    await composer(page).press('Enter')
    await page.getByText('Not sent').waitFor()
    await page.getByRole('alert').getByText('The chat cannot be reached.').waitFor()
    await bot.serveAgain()
    await connected(page)
    await page.getByRole('button', { name: 'Send again' }).click()
    expect(await said(page, 4)).toEqual(['You: one', 'Chat: You said: one', 'You: two', 'Chat: You said: two'])
    expect(await page.getByText('Not sent').count()).toBe(0)
  })

  it('begins anew where its session is not known any more', async () => {
    await using visitor = await visit()
    const { page } = visitor
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage))
        localStorage.setItem(key, JSON.stringify({ token: `a.${'A'.repeat(43)}` }))
    })
    await page.reload()
    await connected(page)
    await composer(page).fill('hello')
    await composer(page).press('Enter')
    expect(await said(page, 2)).toEqual(['You: hello', 'Chat: You said: hello'])
  })

  it('shows in one window what is said in another', async () => {
    await using visitor = await visit()
    const other = await visitor.context.newPage()
    await other.goto(visitor.bot.url)
    await connected(other)
    await composer(visitor.page).fill('hello')
    await composer(visitor.page).press('Enter')
    expect(await said(other, 2)).toEqual(['You: hello', 'Chat: You said: hello'])
    expect(await said(visitor.page, 2)).toEqual(['You: hello', 'Chat: You said: hello'])
  })

  it('shows earlier messages when it is asked to', async () => {
    await using visitor = await visit()
    const { page, bot } = visitor
    const { token } = JSON.parse(await page.evaluate(() => Object.values(localStorage)[0] as string)) as {
      token: string
    }
    for (let count = 1; count <= 60; count += 1) {
      await fetch(`${bot.url}messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ text: `${count}`, clientMessageId: `${count}` }),
      })
    }
    await bot.running.idle()
    await page.reload()
    await connected(page)
    expect(await said(page, 100)).toHaveLength(100)
    await page.getByRole('button', { name: 'Show earlier messages' }).click()
    const all = await said(page, 120)
    expect(all.filter((line) => line.startsWith('You: '))).toEqual(
      Array.from({ length: 60 }, (_, index) => `You: ${index + 1}`),
    )
    expect(await page.getByRole('button', { name: 'Show earlier messages' }).count()).toBe(0)
  })

  it.each([
    { name: 'a phone', viewport: { width: 320, height: 568 }, colorScheme: 'light' as const },
    { name: 'the dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const },
  ])('fits $name', async (options) => {
    await using visitor = await visit({
      ...options,
      configuration: { title: 'A title of some length for a small page' },
    })
    const { page } = visitor
    // More than the page has room for.
    for (let count = 1; count <= 6; count += 1) {
      await composer(page).fill(`card`)
      await composer(page).press('Enter')
      await said(page, 2 * count)
    }
    await composer(page).fill('a'.repeat(200))
    const { scrolls, ground, small } = await page.evaluate(() => ({
      scrolls: [document.documentElement.scrollWidth > innerWidth, document.documentElement.scrollHeight > innerHeight],
      ground: getComputedStyle(document.body).backgroundColor,
      small: [...document.querySelectorAll('button, textarea, select, a')].filter((control) => {
        const { width, height } = control.getBoundingClientRect()
        // While something moves into its place, its size is a rounding error off.
        return width > 0 && Math.round(Math.min(width, height)) < 44
      }).length,
    }))
    expect(scrolls).toEqual([false, false])
    expect(small).toBe(0)
    expect(ground).toBe(options.colorScheme === 'dark' ? 'rgb(19, 19, 24)' : 'rgb(246, 246, 249)')
  })
})
