import { createHash } from 'node:crypto'
import type { Answer, WebchatProps } from '../endpoint.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const policy = [
  `default-src 'none'`,
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  `connect-src 'self'`,
  // A bot shows pictures, sound and films from wherever they are; what the visitor alone may see is fetched by the page.
  `img-src https: http: data: blob:`,
  `media-src https: http: data: blob:`,
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
export async function givePage({ configuration }: WebchatProps): Promise<Answer> {
  const { title, greeting, allowedOrigins } = configuration
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${policy}; frame-ancestors ${["'self'", ...allowedOrigins].join(' ')}`,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: pageFor(
      escaped(title),
      greeting === undefined ? '' : greetingFor(escaped(title), escaped(greeting)),
      `data-upload-limit="${configuration.uploadLimit}" data-upload-types="${configuration.uploadTypes.join(' ')}"`,
    ),
  }
}

const clip =
  '<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" ' +
  'stroke-linecap="round" stroke-linejoin="round"><path d="M20 11.5 12 19.5a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7L9.7 ' +
  '17.2a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8"/></svg>'

const greetingFor = (title: string, greeting: string): string => `
<li class="message bot greeting"><div class="line"><div class="bubble"><span class="unseen">${title}: </span>${greeting}</div></div></li>`

const pageFor = (title: string, greeting: string, uploads: string): string => `<!doctype html>
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
<body ${uploads}>
<header>
<div class="who">
<h1>${title}</h1>
<p id="state" class="state" role="status">Connecting …</p>
</div>
<button id="conversations" class="quiet" type="button" aria-haspopup="dialog" hidden>Chats <span id="badge" class="badge" hidden></span></button>
<button id="anew" class="quiet" type="button">New<span class="long"> chat</span></button>
<button id="leave" class="quiet leave" type="button" aria-label="Close" hidden>×</button>
</header>
<main>
<div id="log" class="log" role="log" aria-live="off" aria-label="Conversation with ${title}" tabindex="0">
<button id="earlier" class="quiet earlier" type="button" hidden>Show earlier messages</button>
<ol id="list">${greeting}
</ol>
<p id="typing" class="typing" role="status" hidden><span class="unseen">${title} is writing …</span><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span></p>
</div>
</main>
<div id="notice" class="notice" role="alert" hidden><p id="notice-text"></p></div>
<noscript><div class="notice"><p>This chat needs JavaScript.</p></div></noscript>
<div id="editing" class="editing" hidden><p>Editing your message</p><button id="cancel" class="quiet" type="button">Cancel</button></div>
<form id="composer" class="composer" autocomplete="off">
<input id="picker" type="file" multiple hidden>
<button id="attach" class="attach" type="button" aria-label="Attach a file" hidden>${clip}</button>
<label class="unseen" for="text">Message to ${title}</label>
<textarea id="text" rows="1" maxlength="10000" placeholder="Message" enterkeyhint="send"></textarea>
<button class="send" type="submit">Send</button>
</form>
<dialog id="panel" class="panel" aria-labelledby="panel-title">
<div class="sheet">
<div class="top"><h2 id="panel-title">Your chats</h2><button id="panel-close" class="quiet" type="button">Close</button></div>
<ul id="panel-list"></ul>
<button id="forget" class="quiet forget" type="button">Forget me on this device</button>
</div>
</dialog>
<script>${pageScript}</script>
</body>
</html>
`
