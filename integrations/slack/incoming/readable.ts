/**
 * What somebody wrote, without Slack's markup for addresses and names: a link is its words and its address, and who is mentioned
 * stays `<@U024BE7LH>`, which mentions the same person when it is written.
 */
export function readable(text: string): string {
  return text
    .replaceAll(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, words: string | undefined) => shown(target, words))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function shown(target: string, words: string | undefined): string {
  const [kind, ...rest] = target
  const name = rest.join('')
  if (kind === '@') return `<@${name}>`
  if (kind === '#') return `<#${name}>`
  // All who are there, a group of people, or a date.
  if (kind === '!') return words ?? (/^(?:here|channel|everyone)$/.test(name) ? `@${name}` : name)
  const address = target.replace(/^(?:mailto|tel):/, '')
  return words === undefined || words === '' || words === target || words === address || target.endsWith(`//${words}`)
    ? target === address
      ? target
      : address
    : `${words} (${target})`
}

/** What was said to the bot: the mention by which a message begins only says to whom. */
export function saidTo(userId: string, text: string): string {
  const mention = `<@${userId}>`
  return (text.startsWith(mention) && text.slice(mention.length).replace(/^[\s,:]+/, '')) || text
}

/** The mention of the bot is for the bot alone. */
export function withoutMention(text: string, userId: string): string {
  return text.replaceAll(`<@${userId}>`, '').replaceAll(/ {2,}/g, ' ').trim()
}
