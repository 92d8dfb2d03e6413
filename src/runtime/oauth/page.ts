import type { WebhookResponse } from '../../implementation/request.ts'

/** A page for whoever gives access, in words alone. */
export function page(
  status: number,
  title: string,
  text: string,
  headers: Record<string, string> = {},
): WebhookResponse {
  return {
    status,
    headers: {
      ...pageHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      ...headers,
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1><p>${escaped(text)}</p></html>`,
  }
}

/** What every answer on the way says: nothing of it is kept, and no address is passed on. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
}

/** A text within a page, or within an attribute of it. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
