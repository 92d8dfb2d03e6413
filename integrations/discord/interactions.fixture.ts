import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'

/** The key pair of the application, made from the seed of the first test vector of RFC 8032. */
const privateKey = keyFrom('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
export const strangersKey = keyFrom('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
export const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
export const applicationId = '1290000000000000001'

/** How a request differs from one that Discord sends now. */
export interface Signing {
  readonly key?: KeyObject
  /** Seconds that have passed since. */
  readonly age?: number
}

/** The headers that Discord signs a body with. */
export function signed(body: string, { key = privateKey, age = 0 }: Signing = {}): Record<string, string> {
  const timestamp = `${Math.floor(Date.now() / 1000) - age}`
  return {
    'content-type': 'application/json',
    'x-signature-timestamp': timestamp,
    'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), key).toString('hex'),
  }
}

function keyFrom(seed: string): KeyObject {
  // What stands before every private key of this kind in PKCS #8.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seed, 'hex')])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  createPublicKey(key)
  return key
}

let count = 0n
/** A new id, as Discord counts them. */
export const snowflake = (): string => `${1_300_000_000_000_000_000n + (count += 1n)}`

export const ada = {
  id: '80351110224678912',
  username: 'ada',
  global_name: 'Ada Lovelace',
  discriminator: '0',
  avatar: '8342729096ea3675442027381ff50dfe',
  public_flags: 0,
}
export const bob = { id: '80351110224678913', username: 'bob', global_name: 'Bob', discriminator: '0', avatar: null }

export const bot = {
  id: applicationId,
  username: 'plug',
  global_name: null,
  discriminator: '0001',
  avatar: null,
  bot: true,
}

export const places = {
  channel: {
    id: '41771983423143937',
    type: 0,
    name: 'general',
    parent_id: '41771983423143900',
    guild_id: '290926798626357999',
  },
  thread: {
    id: '41771983423143938',
    type: 11,
    name: 'a thread',
    parent_id: '41771983423143937',
    guild_id: '290926798626357999',
  },
  dm: { id: '41771983423143939', type: 1, recipients: [ada] },
  bobsDm: { id: '41771983423143940', type: 1, recipients: [bob] },
  category: { id: '41771983423143900', type: 4, name: 'Text channels', guild_id: '290926798626357999' },
} as const

export interface Doing {
  readonly id?: string
  readonly place?: keyof typeof places
  readonly user?: typeof ada | typeof bob
  /** Whether the person has brought the application along. */
  readonly isGuest?: boolean
  readonly token?: string
}

/** What every interaction has, as the documentation shows it. */
function interaction(type: number, data: object | undefined, doing: Doing = {}): object {
  const { id = snowflake(), place = 'channel', user = ada, isGuest = false, token = `token-of-${id}` } = doing
  const channel = places[place]
  const isGuild = 'guild_id' in channel
  return {
    id,
    application_id: applicationId,
    type,
    ...(data && { data }),
    token,
    version: 1,
    channel_id: channel.id,
    channel,
    ...(isGuild
      ? {
          guild_id: channel.guild_id,
          guild: { id: channel.guild_id, locale: 'en-US', features: [] },
          guild_locale: 'en-US',
          member: {
            user,
            roles: [],
            nick: null,
            permissions: '562949953601536',
            joined_at: '2021-01-01T00:00:00.000000+00:00',
          },
        }
      : { user }),
    locale: 'en-GB',
    app_permissions: '562949953601536',
    entitlements: [],
    authorizing_integration_owners: isGuest ? { 1: user.id } : isGuild ? { 0: channel.guild_id } : { 0: '0' },
    context: isGuild ? 0 : isGuest ? 2 : 1,
    attachment_size_limit: 10_485_760,
  }
}

/** Whether somebody is there. */
export const ping = (): object => ({
  id: snowflake(),
  application_id: applicationId,
  type: 1,
  token: 'aW50ZXJhY3Rpb24',
  version: 1,
  user: ada,
})

/** A slash command. */
export const command = (name: string, options: readonly object[] = [], doing?: Doing, more: object = {}): object =>
  interaction(2, { id: '771825006014889984', name, type: 1, options, ...more }, doing)

export const text = (name: string, value: string): object => ({ name, type: 3, value })

/** A button that is pressed, or what is chosen from a list. */
export const pressed = (customId: string, messageId: string, doing?: Doing, values?: readonly string[]): object => ({
  ...interaction(
    3,
    values ? { component_type: 3, custom_id: customId, values } : { component_type: 2, custom_id: customId },
    doing,
  ),
  message: {
    id: messageId,
    channel_id: places[doing?.place ?? 'channel'].id,
    type: 0,
    content: 'choose',
    author: bot,
    attachments: [],
    embeds: [],
    components: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: '2026-11-29T12:00:00.000000+00:00',
    edited_timestamp: null,
  },
})

/** A form that is filled in; below a message, if that has the button which opened it. */
export const filledIn = (
  customId: string,
  components: readonly object[],
  doing?: Doing,
  messageId?: string,
): object => {
  const { message } = pressed('', messageId ?? '', doing) as { message: object }
  return { ...interaction(5, { custom_id: customId, components }, doing), ...(messageId !== undefined && { message }) }
}

/** Something is typed in an option of a command. */
export const typed = (): object => interaction(4, { id: '1', name: 'find', type: 1, options: [] })
