/**
 * Writes the transcript of the README: one conversation with `bots/hello` as it is, whose provider is changed between the
 * turns by the admin endpoint. The two vendors are stand-ins that speak their wire formats on this machine and answer from
 * the history that reaches them. With `--check`, fails if the README says otherwise.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { LLMock } from '@copilotkit/aimock'
import { root } from './packages.ts'

const turns = [
  { provider: 'scripted', says: 'Hello! My name is Ada.' },
  { provider: 'openai', says: 'What is my name?' },
  { provider: 'anthropic', says: 'And what did I ask before that?' },
]
const adminToken = 'the-token-of-the-transcript'
const secondsToStart = 30

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
}
const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : Array.isArray(content)
      ? content.map((part: { text?: string }) => part.text ?? '').join('')
      : ''
const saidBy = (role: string, { messages }: Asked): string[] =>
  messages.filter((message) => message.role === role).map(({ content }) => textOf(content))

const vendors = await LLMock.create({ host: '127.0.0.1' })
vendors.onMessage(/what is my name/i, (request) => {
  const name = saidBy('user', request as Asked)
    .map((text) => /my name is (\w+)/i.exec(text)?.[1])
    .find((found) => found !== undefined)
  return { content: name === undefined ? 'You have not told me your name.' : `Your name is ${name}.` }
})
vendors.onMessage(/what did i ask before/i, (request) => {
  const questions = saidBy('user', request)
  return {
    content: `You asked: “${questions.at(-2) ?? 'nothing'}” And I said: “${saidBy('assistant', request).at(-1) ?? ''}”`,
  }
})

const bot = spawn(process.execPath, ['-C', '@plugboard/source', 'main.ts', '--port', '0'], {
  cwd: resolve(root, 'bots/hello'),
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env,
    PLUGBOARD_ADMIN_TOKEN: adminToken,
    OPENAI_API_KEY: 'a-key',
    OPENAI_BASE_URL: `${vendors.url}/v1`,
    ANTHROPIC_API_KEY: 'a-key',
    ANTHROPIC_BASE_URL: `${vendors.url}/v1`,
  },
})
try {
  const page = await pageOf(bot.stdout)
  const token = await openSession(page)
  const lines: string[] = []
  for (const { provider, says } of turns) {
    await request(new URL('/admin/bindings/assistant/llm', page), 'PUT', adminToken, provider)
    const reply = await say(page, token, says)
    lines.push(`| ${provider} | ${says} | ${reply.replaceAll('|', '\\|').replaceAll('\n', '<br>')} |`)
  }
  write(['| provider | you | bot |', '|---|---|---|', ...lines].join('\n'))
} finally {
  if (bot.exitCode === null && bot.kill('SIGTERM')) await once(bot, 'exit')
  await vendors.stop()
}

/** The address of the chat page, which the bot prints when it has started. */
async function pageOf(output: NodeJS.ReadableStream): Promise<string> {
  const timer = AbortSignal.timeout(secondsToStart * 1000)
  timer.addEventListener('abort', () => bot.kill('SIGKILL'))
  for await (const line of createInterface({ input: output })) {
    const [, address] = /^webchat: (http\S+)$/.exec(line) ?? []
    if (address === undefined) continue
    output.resume()
    return address
  }
  throw new Error('the bot ended before it printed the address of its page')
}

async function openSession(page: string): Promise<string> {
  const { token } = (await (await request(new URL('session', page), 'POST', undefined)).json()) as { token: string }
  return token
}

/** Says something, and gives what the bot answers. */
async function say(page: string, token: string, text: string): Promise<string> {
  const answers = async (): Promise<string[]> => {
    const history: unknown = await (await request(new URL('history', page), 'GET', token)).json()
    const { messages } = history as { messages: { from: string; payload: { text?: string } }[] }
    return messages.filter(({ from }) => from === 'bot').map(({ payload }) => payload.text ?? '')
  }
  const before = await answers()
  await request(new URL('messages', page), 'POST', token, { text, clientMessageId: crypto.randomUUID() })
  for (let tries = 0; tries < 200; tries += 1) {
    const after = await answers()
    if (after.length > before.length) return after.at(-1) ?? ''
    await setTimeout(50)
  }
  throw new Error(`there was no answer to “${text}”`)
}

async function request(url: URL, method: string, token: string | undefined, body?: unknown): Promise<Response> {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${url.pathname} gave ${response.status}: ${await response.text()}`)
  return response
}

function write(transcript: string): void {
  const file = resolve(root, 'README.md')
  const readme = readFileSync(file, 'utf8')
  const next = readme.replace(
    /(<!-- transcript -->)[\s\S]*?(<!-- \/transcript -->)/,
    (_, start: string, end: string) => `${start}\n\n${transcript}\n\n${end}`,
  )
  if (!process.argv.includes('--check')) writeFileSync(file, next)
  else if (normal(next) !== normal(readme)) {
    console.error(`The transcript of the README is not what is said now:\n${transcript}\nRun npm run docs:transcript.`)
    process.exitCode = 1
  }
}

/** The text without the padding that the formatter gives tables. */
function normal(text: string): string {
  return text.replaceAll(/ *\| */g, '|').replaceAll(/-{3,}/g, '---')
}
