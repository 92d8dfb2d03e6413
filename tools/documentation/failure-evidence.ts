/** What goes wrong with a platform, as the page about failures names it. */
export const conditions = {
  wrongKey: 'wrong key',
  rateLimited: '429 with Retry-After',
  broken: 'broken connection',
  malformed: 'malformed JSON',
  aborted: 'abort midway',
  replayed: 'replayed webhook',
  forged: 'forged or expired signature',
  oversized: 'oversized body',
} as const
export type Condition = keyof typeof conditions

/** A file and the name of a test in it. */
export type ShowingTest = readonly [file: string, test: string]
/** What shows a condition, of several platforms a test each; or why it cannot come about. */
export type Evidence = ShowingTest | readonly ShowingTest[] | string
export type EvidenceOfOne = Readonly<Partial<Record<Condition, Evidence>>>

const noRequests = { replayed: 'takes no requests', forged: 'takes no requests' }

const models = 'src/ai-sdk/vendors-failures.test.ts'
const asksOnce = (condition: Condition): ShowingTest => [models, conditions[condition]]
const vendor: EvidenceOfOne = {
  wrongKey: [models, 'a wrong key'],
  rateLimited: asksOnce('rateLimited'),
  broken: [models, 'a broken connection in the middle of a stream is told, after what came before'],
  malformed: [models, 'malformed JSON in the middle of a stream is told, without repeating it'],
  aborted: [models, 'an abort mid-stream ends it as aborted, and closes the connection'],
  oversized: [models, 'an oversized body'],
  ...noRequests,
}

/** Below `integrations/<name>` unless it begins with `src/`. What a report says is found by itself. */
export const evidence: Readonly<Record<string, EvidenceOfOne>> = {
  anthropic: vendor,
  google: vendor,
  groq: vendor,
  mistral: vendor,
  ollama: vendor,
  openai: vendor,
  'openai-compatible': vendor,
  database: {
    wrongKey: [
      ['postgres/failures.test.ts', 'is not registered with a wrong password, which is told nowhere'],
      ['mongodb/failures.test.ts', 'is not registered with a wrong password, which is told nowhere'],
    ],
    rateLimited: [
      ['postgres/failures.test.ts', 'is told as passing that the database gives no more connections'],
      ['mongodb/failures.test.ts', 'is told as passing that the server %s asks to wait'],
    ],
    broken: [
      ['postgres/failures.test.ts', 'in the middle of a statement is told as passing'],
      [
        'mongodb/failures.test.ts',
        'in the middle of a command is told as passing, and a write that may have been done is not sent again',
      ],
    ],
    malformed: [
      [
        'postgres/failures.test.ts',
        'is told as passing when an answer breaks off in the middle, or turns into nonsense',
      ],
      ['mongodb/failures.test.ts', 'is told as passing when an answer makes no sense, and the next one is read'],
    ],
    aborted: [
      ['postgres/failures.test.ts', 'cancels in the database what its caller aborts'],
      ['mongodb/failures.test.ts', 'closes the connection on which %s goes on, when its caller aborts'],
    ],
    oversized: [
      [
        'postgres/failures.test.ts',
        'is refused that a value is too long for its column, and nothing of it is stored or told',
      ],
      ['mongodb/failures.test.ts', 'that is too large for a document, before anything of it is sent'],
    ],
    ...noRequests,
  },
  desk: {
    wrongKey: ['desk.test.ts', 'shows a page that holds nothing, and nothing else to whoever has not the key'],
    rateLimited: 'calls nobody',
    broken: 'calls nobody',
    malformed: ['desk.test.ts', 'refuses %s %s'],
    replayed: ['desk.test.ts', 'does once what comes twice at once, and nothing by a request that was changed'],
    forged: ['desk.test.ts', 'shows a page that holds nothing, and nothing else to whoever has not the key'],
    oversized: ['desk.test.ts', 'refuses %s %s'],
  },
  discord: {
    wrongKey: ['failures.test.ts', 'with a wrong token says so, and is not registered'],
    rateLimited: ['failures.test.ts', '429 with a time to wait'],
    broken: ['failures.test.ts', 'a connection that breaks in the answer'],
    malformed: ['failures.test.ts', 'malformed JSON'],
    aborted: ['failures.test.ts', 'is aborted with its caller, at Discord too'],
    replayed: ['webhook.test.ts', 'takes a command once that is sent again'],
    forged: ['webhook.test.ts', 'stores nothing of a request with %s'],
    oversized: ['webhook.test.ts', 'refuses a body that is too large, before it is looked at'],
  },
  github: {
    wrongKey: ['failures.test.ts', 'or place is told when the bot starts: %j'],
    rateLimited: ['failures.test.ts', '%s (%i) asks to wait'],
    broken: ['failures.test.ts', 'in the middle of an answer passes'],
    malformed: ['failures.test.ts', 'is told when it %s'],
    aborted: ['failures.test.ts', 'leaves an answer in the middle when the caller aborts, and closes the connection'],
    replayed: [
      'webhook.test.ts',
      'has one effect when somebody who recorded it sends it again under another id, which GitHub does not sign',
    ],
    forged: ['webhook.test.ts', 'is refused that %s, and its id stays free'],
    oversized: ['webhook.test.ts', 'is refused when it is too large'],
  },
  'local-files': {
    wrongKey: ['local-files.test.ts', '%s of the system is told as %s'],
    rateLimited: 'a folder asks nobody to wait',
    broken: ['local-files.test.ts', 'a folder that is not there any more passes when it comes back'],
    malformed: 'a file is bytes, whatever they are',
    aborted: ['local-files.test.ts', 'an aborted write of what %s ends, and leaves nothing'],
    oversized: ['local-files.test.ts', 'a file that is too large for the system is refused, and what was there stays'],
    ...noRequests,
  },
  memory: {
    wrongKey: 'has no key',
    rateLimited: 'asks nobody to wait',
    broken: 'calls nobody',
    malformed: 'calls nobody',
    oversized: 'is in the store of the bot, which sets the bounds',
    ...noRequests,
  },
  s3: {
    wrongKey: ['failures.test.ts', 'is told when the bot starts: %j'],
    rateLimited: ['failures.test.ts', '%s (%i) with Retry-After %s asks for %s ms'],
    broken: ['failures.test.ts', 'in the middle of a file does not end it as if it were whole'],
    malformed: ['failures.test.ts', 'to a list is no empty list: %j'],
    aborted: ['failures.test.ts', 'leaves a file in the middle when its reader aborts, and closes the connection'],
    oversized: ['failures.test.ts', '%s (%i) is told as %s'],
    ...noRequests,
  },
  scripted: {
    malformed: ['scripted.test.ts', 'may fail, in a way that a policy understands'],
    aborted: ['scripted.test.ts', 'that is aborted ends with that, and not as if it were done'],
    oversized: ['embed.test.ts', 'that are too long to be of use are refused'],
    ...noRequests,
  },
  slack: {
    wrongKey: ['failures.test.ts', 'a wrong token'],
    rateLimited: ['failures.test.ts', '429 with a time to wait'],
    broken: ['failures.test.ts', 'a connection that breaks in the answer'],
    malformed: ['failures.test.ts', 'malformed JSON'],
    aborted: ['failures.test.ts', 'is aborted with its caller, at Slack too'],
    replayed: ['webhook.test.ts', 'takes a request once that is sent again'],
    forged: ['webhook.test.ts', 'stores nothing of a request with the signature of %s'],
    oversized: ['webhook.test.ts', 'refuses a body that is too large, before it is looked at'],
  },
  telegram: {
    wrongKey: ['failures.test.ts', 'with a wrong key says so, and is not registered'],
    rateLimited: ['failures.test.ts', '429 with a time to wait'],
    broken: ['failures.test.ts', 'a connection that breaks in the answer'],
    malformed: ['failures.test.ts', 'malformed JSON'],
    aborted: ['failures.test.ts', 'is aborted with its caller, at Telegram too'],
    replayed: ['webhook.test.ts', 'takes an update once that is sent again'],
    forged: ['webhook.test.ts', 'stores nothing of a request with %s'],
    oversized: ['webhook.test.ts', 'refuses a body that is too large, before it is looked at'],
  },
  webchat: {
    wrongKey: ['webchat.test.ts', 'that was not given out opens nothing'],
    rateLimited: 'calls nobody',
    broken: ['client/client.test.ts', 'comes back by itself, and tells what it missed once'],
    malformed: ['webchat.test.ts', 'refuse a session that is asked for with nonsense'],
    replayed: ['webchat.test.ts', 'is taken once, however often it is sent'],
    forged: ['webchat.test.ts', 'that was not given out opens nothing'],
    oversized: ['webchat.test.ts', 'that is too large is refused, by the chat and by the server'],
  },
  webhook: {
    wrongKey: ['sending.test.ts', 'does not know the secret (401)'],
    rateLimited: ['sending.test.ts', 'asks to wait (429)'],
    broken: ['sending.test.ts', 'breaks off'],
    malformed: ['receiving.test.ts', 'is refused with the body %j, which is no object'],
    aborted: ['sending.test.ts', 'that answers nothing is left when the caller is'],
    replayed: ['receiving.test.ts', 'is taken once, however often it comes'],
    forged: ['receiving.test.ts', 'is refused when it %s, and its id stays free'],
    oversized: ['receiving.test.ts', 'is refused when it is too large'],
  },
  whatsapp: {
    wrongKey: ['failures.test.ts', 'with a wrong token says so, and is not registered'],
    rateLimited: ['failures.test.ts', '429 with Retry-After'],
    broken: ['failures.test.ts', 'a connection that breaks in the answer'],
    malformed: ['failures.test.ts', 'malformed JSON'],
    aborted: ['failures.test.ts', 'is aborted with its caller, at Meta too'],
    replayed: ['webhook.test.ts', 'is taken once, if it comes again: alone, among others, and from two at once'],
    forged: ['webhook.test.ts', 'is signed byte by byte: the same JSON, written otherwise, is forged'],
    oversized: ['webhook.test.ts', 'is refused where it is too large, before it is looked at'],
  },
}
