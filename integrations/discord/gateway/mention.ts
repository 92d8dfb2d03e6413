/** How the bot is mentioned; the second form is that of old apps. */
const formsOf = (id: string): readonly string[] => [`<@${id}>`, `<@!${id}>`]

/** What was said to the bot: the mention by which a message begins only says to whom. */
export function saidTo(id: string, text: string): string {
  const mention = formsOf(id).find((form) => text.startsWith(form)) ?? ''
  return (mention !== '' && text.slice(mention.length).replace(/^[\s,:]+/, '')) || text
}

/** The mention of the bot is for the bot alone. */
export const withoutMention = (id: string, text: string): string =>
  formsOf(id)
    .reduce((rest, form) => rest.replaceAll(form, ''), text)
    .replaceAll(/ {2,}/g, ' ')
    .trim()
