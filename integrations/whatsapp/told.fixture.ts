import { createHmac } from 'node:crypto'
import { phoneNumberId } from './cloud-api-answers.fixture.ts'

export const appSecret = '5c3f7f0de1b2a4967d8e9f0a1b2c3d4e'
export const verifyToken = 'meatyhamhock'

/** The headers of a request, signed as Meta signs it. */
export const signed = (body: string, secret = appSecret) => ({
  'content-type': 'application/json',
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
})

/** What a webhook tells of a number, as the documentation shows it. */
export const enveloped = (value: object, { number = phoneNumberId, field = 'messages' } = {}): string =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102290129340398',
        changes: [
          {
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: number },
              ...value,
            },
            field,
          },
        ],
      },
    ],
  })

export const ada = { wa_id: '16505551234', name: 'Ada Lovelace' }
export const grace = { wa_id: '16505555678', name: 'Grace Hopper' }

/** A message of a person. */
export const fromPerson = (
  content: object,
  id = 'wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTdBNTg4MA==',
  { wa_id, name } = ada,
) => ({
  contacts: [{ profile: { name }, wa_id }],
  messages: [{ from: wa_id, id, timestamp: '1749416383', ...content }],
})

/** A text of a person. */
export const written = (body: string, id?: string, person = ada) =>
  fromPerson({ text: { body }, type: 'text' }, id, person)

/** Somebody who keeps the number to themselves. */
export const nameless = (body: string, id: string) => ({
  contacts: [{ profile: { name: 'Jane', username: 'jane' }, user_id: 'US.13491208655302741918' }],
  messages: [{ from_user_id: 'US.13491208655302741918', id, timestamp: '1749416383', text: { body }, type: 'text' }],
})

/** What has become of a message. */
export const statusOf = (id: string, status: string, more: object = {}) => ({
  statuses: [{ id, status, timestamp: '1750030073', recipient_id: ada.wa_id, ...more }],
})
