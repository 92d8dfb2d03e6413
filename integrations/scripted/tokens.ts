/** The pieces of a text, a word each with the space before it: what the model counts as tokens. Joined they are the text. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? []
}

/** How many tokens some texts have together. */
export function countTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + (text.match(/\S+/g)?.length ?? 0), 0)
}
