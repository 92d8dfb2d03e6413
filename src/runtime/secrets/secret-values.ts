/** Words that say of a key that its value is secret, alone or as part of it: `botToken`, `SIGNING_SECRET`. */
const secretWords = new Set([
  'secret',
  'secrets',
  'token',
  'tokens',
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'credential',
  'credentials',
  'authorization',
  'bearer',
  'cookie',
  'dsn',
])

/** Words that make the `key` after them a secret one. */
const keyWords = new Set([
  'api',
  'access',
  'account',
  'app',
  'auth',
  'client',
  'consumer',
  'encryption',
  'master',
  'private',
  'service',
  'shared',
  'signing',
])

/** What is shorter is rather a word than a secret, if only its key tells. */
const shortest = 6

/** Whether the value of a key is likely to be secret. */
export function looksSecret(key: string): boolean {
  const words = key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
  return words.some(
    (word, index) =>
      secretWords.has(word) ||
      (word === 'key' && keyWords.has(words[index - 1] ?? '')) ||
      (word.endsWith('key') && keyWords.has(word.slice(0, -3))),
  )
}

/** The texts in a configuration whose keys look secret, at any depth, and the passwords in its addresses. */
export function secretValues(value: unknown, secret = false): readonly string[] {
  if (typeof value === 'string') {
    const password = passwordIn(value)
    return [...(secret && value.length >= shortest ? [value] : []), ...(password === undefined ? [] : [password])]
  }
  if (Array.isArray(value)) return value.flatMap((item) => secretValues(item, secret))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return []
  return Object.entries(value).flatMap(([key, item]) => secretValues(item, secret || looksSecret(key)))
}

/** The password in a URL such as `postgres://user:password@host/`. */
export function passwordIn(text: string): string | undefined {
  if (!text.includes('@') || !URL.canParse(text)) return undefined
  const { password } = new URL(text)
  if (password === '') return undefined
  try {
    return decodeURIComponent(password)
  } catch {
    return password
  }
}
