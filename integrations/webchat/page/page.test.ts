import { createHash } from 'node:crypto'
import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { pageScript } from './page-script.ts'
import { serveSmallBot, type SmallBotOptions } from '../small-bot.fixture.ts'

async function page(configuration: SmallBotOptions['configuration'] = {}, init: RequestInit = {}) {
  await using bot = await serveSmallBot({ configuration })
  const response = await fetch(bot.url, init)
  const html = await response.text()
  const policy = Object.fromEntries(
    (response.headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
      const [name = '', ...values] = rule.split(' ')
      return [name, values] as const
    }),
  )
  return { response, html, policy }
}

describe('the page', () => {
  it('is whole in itself: it loads nothing, from here or elsewhere', async () => {
    const { response, html } = await page()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const loaded = [...html.matchAll(/\s(?:src|href|srcset|action|data)="([^"]*)"/g)].map(([, address]) => address)
    expect(loaded).toEqual([expect.stringMatching(/^data:image\/svg/)])
    expect(html).not.toMatch(/@import|url\(/)
    expect(html.length).toBeLessThan(80_000)
  })

  it('runs its own script and style and nothing else', async () => {
    const { html, policy } = await page()
    const hashesOf = (tag: string): string[] =>
      [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(
        ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
      )
    expect(policy).toMatchObject({
      'default-src': ["'none'"],
      'script-src': hashesOf('script'),
      'style-src': hashesOf('style'),
      'connect-src': ["'self'"],
      'img-src': ['https:', 'http:', 'data:', 'blob:'],
      'media-src': ['https:', 'http:', 'data:', 'blob:'],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'self'"],
    })
    expect([policy['script-src'], policy['style-src']]).toEqual([[expect.any(String)], [expect.any(String)]])
    expect(html).not.toMatch(/\son\w+="|\sstyle="/)
  })

  it('can be framed by the sites that are allowed', async () => {
    const allowedOrigins = ['https://www.example.com', 'http://localhost:8080']
    expect((await page({ allowedOrigins })).policy['frame-ancestors']).toEqual(["'self'", ...allowedOrigins])
  })

  it('says title and greeting, whatever signs are in them', async () => {
    const { html } = await page({ title: 'Tom & "Jerry"', greeting: '<script>alert(1)</script>' })
    expect(html).toContain('<h1>Tom &amp; &quot;Jerry&quot;</h1>')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).not.toContain('<script>alert')
    expect((await page()).html).toContain('<title>Chat</title>')
    expect((await page()).html).not.toContain('class="message bot greeting"')
  })

  it('has a script that nothing in it ends or changes', () => {
    expect(pageScript).not.toMatch(/<\/script|<!--|\u2028|\u2029/i)
    expect(() => new Script(pageScript)).not.toThrow()
  })

  it('tells a HEAD request what a GET would give', async () => {
    const { response, html } = await page({}, { method: 'HEAD' })
    expect([response.status, html, response.headers.get('content-type')]).toEqual([200, '', 'text/html; charset=utf-8'])
  })
})
