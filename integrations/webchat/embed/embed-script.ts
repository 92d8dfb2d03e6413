/**
 * The script that a site includes, as browsers run it: a button that opens the chat. The button and what surrounds the chat are
 * in a shadow root, and the chat is in a frame, so that neither the styles of the site nor its scripts reach in. Its styles are
 * made by script, which a content security policy of the site does not forbid.
 */
export const embedScript = String.raw`
(() => {
  'use strict'
  const script = document.currentScript
  if (!script || window.plugboardWebchat) return
  const page = new URL('.', script.src)
  const { label = 'Chat', side = 'right', color, identity, eager, open } = script.dataset
  let token = identity
  let isOpen = false
  let frame

  const sheet = new CSSStyleSheet()
  sheet.replaceSync([
    ':host { all: initial; --accent: #5040c8; position: fixed; z-index: 2147483000; inset-block-end: 0; font: 16px/1.5 system-ui, sans-serif; }',
    ':host([data-side="right"]) { inset-inline-end: 0; }',
    ':host([data-side="left"]) { inset-inline-start: 0; }',
    '[hidden] { display: none !important; }',
    '.launch { position: fixed; inset-block-end: max(16px, env(safe-area-inset-bottom)); display: grid; place-items: center; width: 56px; height: 56px; padding: 0; border: 0; border-radius: 50%; background: var(--accent); color: #fff; cursor: pointer; box-shadow: 0 4px 16px rgb(0 0 0 / 30%); }',
    ':host([data-side="right"]) .launch { inset-inline-end: 16px; }',
    ':host([data-side="left"]) .launch { inset-inline-start: 16px; }',
    '.launch:focus-visible { outline: 3px solid #fff; outline-offset: -6px; box-shadow: 0 0 0 3px var(--accent), 0 0 0 6px #fff; }',
    '.launch svg { width: 28px; height: 28px; }',
    '.count { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-width: 22px; padding: 0 5px; box-sizing: border-box; border: 2px solid #fff; border-radius: 13px; background: #b3261e; color: #fff; font-size: 12px; line-height: 18px; text-align: center; }',
    '.window { position: fixed; inset-block-end: calc(max(16px, env(safe-area-inset-bottom)) + 68px); width: 400px; height: min(640px, 100dvh - 110px); overflow: hidden; border-radius: 16px; background: #f6f6f9; box-shadow: 0 8px 40px rgb(0 0 0 / 35%); }',
    ':host([data-side="right"]) .window { inset-inline-end: 16px; }',
    ':host([data-side="left"]) .window { inset-inline-start: 16px; }',
    'iframe { display: block; width: 100%; height: 100%; border: 0; }',
    '@media (max-width: 480px), (max-height: 420px) { :host([data-side]) .window { inset: 0; width: 100%; height: 100dvh; border-radius: 0; } :host([data-open]) .launch { display: none; } }',
    '@media (prefers-color-scheme: dark) { .window { background: #131318; } }',
    '@media (forced-colors: active) { .launch { border: 2px solid; } }',
    '@media (prefers-reduced-motion: no-preference) { .window { animation: come 0.16s ease-out; } @keyframes come { from { opacity: 0; transform: translateY(12px); } } }',
  ].join('\n'))

  const host = document.createElement('div')
  host.dataset.side = side === 'left' ? 'left' : 'right'
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [sheet]
  if (color && CSS.supports('color', color)) host.style.setProperty('--accent', color)

  const svg = (path) => {
    const namespace = 'http://www.w3.org/2000/svg'
    const image = document.createElementNS(namespace, 'svg')
    const line = document.createElementNS(namespace, 'path')
    const attributes = { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': '2', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' }
    for (const [name, value] of Object.entries(attributes)) image.setAttribute(name, value)
    line.setAttribute('d', path)
    image.append(line)
    return image
  }
  const shapes = { closed: svg('M4 4h16v12H10l-5 4v-4H4z M8 9h8 M8 12h5'), open: svg('M6 6l12 12 M18 6 6 18') }

  const launch = document.createElement('button')
  launch.type = 'button'
  launch.className = 'launch'
  launch.setAttribute('aria-haspopup', 'dialog')
  launch.setAttribute('aria-expanded', 'false')
  launch.setAttribute('aria-controls', 'window')
  const count = document.createElement('span')
  count.className = 'count'
  count.setAttribute('aria-hidden', 'true')
  count.hidden = true
  launch.append(shapes.closed, count)

  const surround = document.createElement('div')
  surround.className = 'window'
  surround.id = 'window'
  surround.setAttribute('role', 'dialog')
  surround.setAttribute('aria-label', label)
  surround.hidden = true
  root.append(surround, launch)

  const say = (message) => frame?.contentWindow?.postMessage(message, page.origin)
  function load() {
    if (frame) return
    frame = document.createElement('iframe')
    frame.title = label
    frame.src = page.href
    frame.allow = 'clipboard-write'
    surround.append(frame)
  }
  let unread = 0
  function name() {
    launch.setAttribute('aria-label', isOpen ? 'Close ' + label : 'Open ' + label + (unread > 0 ? ', ' + unread + ' unread' : ''))
    count.textContent = unread > 99 ? '99+' : String(unread)
    count.hidden = isOpen || unread === 0
  }
  function show(next) {
    if (next === isOpen) return
    isOpen = next
    if (isOpen) load()
    surround.hidden = !isOpen
    host.toggleAttribute('data-open', isOpen)
    launch.setAttribute('aria-expanded', String(isOpen))
    launch.replaceChildren(isOpen ? shapes.open : shapes.closed, count)
    name()
    say({ webchat: 'shown', shown: isOpen })
    if (isOpen) frame.focus()
    else launch.focus()
  }

  launch.addEventListener('click', () => show(!isOpen))
  root.addEventListener('keydown', (event) => { if (event.key === 'Escape' && isOpen) show(false) })
  addEventListener('message', ({ source, origin, data }) => {
    if (!frame || source !== frame.contentWindow || origin !== page.origin) return
    if (data?.webchat === 'ready') say({ webchat: 'shown', shown: isOpen })
    else if (data?.webchat === 'identity') say({ webchat: 'identity', token })
    else if (data?.webchat === 'close') show(false)
    else if (data?.webchat === 'unread' && Number.isSafeInteger(data.count)) {
      unread = data.count
      name()
    }
  })

  window.plugboardWebchat = Object.freeze({
    open: () => show(true),
    close: () => show(false),
    /** Says who the visitor is: what the site has signed, or nothing for nobody. Where the chat is loaded, it begins again as that. */
    identify(next) {
      if (next === token) return
      token = next
      if (!frame) return
      frame.remove()
      frame = undefined
      if (isOpen || eager !== undefined) load()
    },
    /** Forgets the visitor. */
    signOut() {
      token = undefined
      say({ webchat: 'signOut' })
    },
  })

  name()
  const start = () => {
    document.body.append(host)
    if (eager !== undefined) load()
    if (open !== undefined) show(true)
  }
  if (document.body) start()
  else addEventListener('DOMContentLoaded', start, { once: true })
})()
`
