import { expect, it } from 'vitest'
import { looksSecret, secretValues } from './secret-values.ts'

it.each([
  'apiKey',
  'api_key',
  'APIKey',
  'apikey',
  'privateKey',
  'botToken',
  'TOKEN',
  'signing-secret',
  'clientSecret',
  'password',
  'dbPassword',
  'credentials',
])('%s looks secret', (key) => expect(looksSecret(key)).toBe(true))

it.each(['key', 'name', 'tokenizer', 'monkey', 'hotkey', 'keyboard', 'passenger', 'publicKeyId', 'model', 'secretary'])(
  '%s does not look secret',
  (key) => expect(looksSecret(key)).toBe(false),
)

it('texts are secret below a key that looks so, and passwords of addresses everywhere', () => {
  const configuration = {
    name: 'harmless',
    maxTokens: 4096,
    apiKey: 'sk-123456',
    token: 'none',
    nested: [{ credentials: { user: 'ada-lovelace', old: ['hunter2'] } }],
    database: 'postgres://user:p%40ss@host/name',
    mail: 'ada@example.org',
  }
  expect(secretValues(configuration)).toEqual(['sk-123456', 'ada-lovelace', 'hunter2', 'p@ss'])
})
