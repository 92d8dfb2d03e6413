import { createHash } from 'node:crypto'
import type { Answer, WebchatProps } from './endpoint.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const policy = [
  `default-src 'none'`,
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  `connect-src 'self'`,
  // A bot shows images from wherever they are.
  `img-src https: http: data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ')

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%235b4bdb' " +
  "stroke-width='2' stroke-linejoin='round' stroke-linecap='round'%3E%3Cpath d='M4 4h16v12H10l-5 4v-4H4z'/%3E" +
  "%3Cpath d='M8 9h8M8 12h5'/%3E%3C/svg%3E"

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

/** `GET /`: the page, whole in one answer. */
export async function givePage({ configuration: { title, greeting, allowedOrigins } }: WebchatProps): Promise<Answer> {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${policy}; frame-ancestors ${["'self'", ...allowedOrigins].join(' ')}`,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: pageFor(escaped(title), greeting === undefined ? '' : greetingFor(escaped(title), escaped(greeting))),
  }
}

const greetingFor = (title: string, greeting: string): string => `
<li class="message bot greeting"><div class="bubble"><span class="unseen">${title}: </span>${greeting}</div></li>`

const pageFor = (title: string, greeting: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#1f1f28" media="(prefers-color-scheme: dark)">
<title>${title}</title>
<link rel="icon" href="${icon}">
<style>${pageStyle}</style>
</head>
<body>
<header>
<div class="who">
<h1>${title}</h1>
<p id="state" class="state" role="status">Connecting …</p>
</div>
<button id="anew" class="quiet" type="button">New chat</button>
</header>
<main>
<div id="log" class="log" role="log" aria-live="off" aria-label="Conversation with ${title}" tabindex="0">
<button id="earlier" class="quiet earlier" type="button" hidden>Show earlier messages</button>
<ol id="list">${greeting}
</ol>
</div>
</main>
<div id="notice" class="notice" role="alert" hidden><p id="notice-text"></p></div>
<noscript><div class="notice"><p>This chat needs JavaScript.</p></div></noscript>
<form id="composer" class="composer" autocomplete="off">
<label class="unseen" for="text">Message to ${title}</label>
<textarea id="text" rows="1" maxlength="10000" placeholder="Write a message" enterkeyhint="send"></textarea>
<button class="send" type="submit">Send</button>
</form>
<script>${pageScript}</script>
</body>
</html>
`
