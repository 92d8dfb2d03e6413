import data from '@emoji-mart/data' with { type: 'json' }

interface Emoji {
  readonly skins: readonly { readonly native: string }[]
}

const { emojis, aliases } = data as {
  readonly emojis: Readonly<Record<string, Emoji>>
  readonly aliases: Readonly<Record<string, string>>
}

/** The emoji that Slack calls so, such as `👍🏽` for `+1::skin-tone-4`; undefined for one that a workspace made for itself. */
export function emojiOf(name: string): string | undefined {
  const [, plain = '', tone] = /^(.+?)(?:::skin-tone-([2-6]))?$/.exec(name) ?? []
  const id = Object.hasOwn(aliases, plain) ? (aliases[plain] as string) : plain
  const skins = Object.hasOwn(emojis, id) ? (emojis[id] as Emoji).skins : []
  return (tone === undefined ? undefined : skins[Number(tone) - 1]?.native) ?? skins[0]?.native
}

/** What Slack calls an emoji; undefined for one that it does not know. */
export function emojiName(emoji: string): string | undefined {
  names ??= new Map(
    Object.entries(emojis).flatMap(([id, { skins }]) =>
      skins.map(({ native }, index) => [bare(native), index === 0 ? id : `${id}::skin-tone-${index + 1}`]),
    ),
  )
  return names.get(bare(emoji))
}

let names: Map<string, string> | undefined

/** Whether a character is to be shown in colour, some write and some do not. */
const bare = (emoji: string): string => emoji.replaceAll('\uFE0F', '')
