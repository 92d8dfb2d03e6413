import { createHash } from 'node:crypto'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'
import type { Answer } from './props.ts'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const policy = [
  `default-src 'none'`,
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  `connect-src 'self'`,
  `img-src data: blob:`,
  `media-src blob:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '')

/** `GET /`: the page, whole in one answer. It shows nothing to whoever has not the key. */
export function givePage(title: string): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: pageFor(escaped(title)),
  }
}

const pageFor = (title: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${title}</h1><p id="state" role="status"></p></header>
<form id="entry" autocomplete="off">
<label>Your name <input id="name" required maxlength="80"></label>
<label>Key <input id="key" type="password" required minlength="16"></label>
<button type="submit">Begin</button>
</form>
<main id="work" hidden>
<nav aria-label="Sessions"><ul id="sessions"></ul><p id="none">Nobody is waiting.</p></nav>
<section id="session" hidden aria-label="Session">
<div id="about">
<div><h2 id="title"></h2><p id="description"></p><p id="standing"></p></div>
<button id="take" type="button">Take</button>
</div>
<ol id="messages" aria-live="polite" tabindex="0"></ol>
<form id="composer">
<label class="unseen" for="text">Answer</label>
<textarea id="text" rows="2" maxlength="10000" placeholder="Write an answer"></textarea>
<button type="submit">Send</button>
<button id="end" type="button">End</button>
</form>
</section>
</main>
<noscript><p>This page needs JavaScript.</p></noscript>
<script>${pageScript}</script>
</body>
</html>
`
