import type { ServedBot } from '../bot/running-bot.ts'
import type { WebhookResponse } from '../../implementation/request.ts'
import { escaped, pageHeaders } from '../oauth/page.ts'

/**
 * Answers whoever opens the address of a bot: a browser goes to the page of an installation where there is exactly one, else it
 * is shown which there are; anybody else is told as JSON. Everybody may see it, so it says nothing else of what is installed.
 * @param base The path below which the bot is reached, without a slash at its end.
 */
export async function answerRoot(bot: ServedBot, request: Request, base: string): Promise<WebhookResponse> {
  const at = (path: string): string => (base === '' ? path : `${base}/${path}`)
  const pages = bot.pages.map(({ alias, page }) => ({ alias, path: at(page) }))
  const [only] = pages
  const vary = { vary: 'accept' }
  const wantsPage = request.headers.get('accept')?.includes('text/html') ?? false
  if (wantsPage && only && pages.length === 1)
    return { status: 302, headers: { ...pageHeaders, ...vary, location: only.path } }
  const status = (await bot.readiness()).ready ? 'ready' : 'failing'
  if (!wantsPage) {
    const told = { bot: bot.name, status, pages, health: at('health'), ready: at('ready') }
    return { headers: { ...vary, 'content-type': 'application/json' }, body: JSON.stringify(told) }
  }
  const link = ({ alias, path }: (typeof pages)[number]): string =>
    `<li><a href="${escaped(path)}">${escaped(alias)}</a></li>`
  const offered = pages.length === 0 ? '<p>It has no page of its own.</p>' : `<ul>${pages.map(link).join('')}</ul>`
  const state = status === 'ready' ? 'It is running.' : 'It is running, and cannot work: its store does not answer.'
  return {
    headers: {
      ...pageHeaders,
      ...vary,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(bot.name)}</title><style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:34rem;margin:3rem auto;padding:0 1rem}</style><h1>${escaped(bot.name)}</h1><p>${state}</p>${offered}<p><a href="${escaped(at('health'))}">health</a> · <a href="${escaped(at('ready'))}">ready</a></p></html>`,
  }
}
