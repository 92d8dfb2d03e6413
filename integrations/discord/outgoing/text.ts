/** A text as Discord shows it unchanged: everything there is read as Markdown. Links are left, since they would break. */
export function escaped(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>]+)/)
    .map((piece, index) => (index % 2 === 1 ? piece : escapedPiece(piece)))
    .join('')
}

function escapedPiece(piece: string): string {
  return piece
    .replace(/[\\*_~`|[]/g, String.raw`\$&`)
    .replace(/^(\s*)(#{1,3}\s|>|-#|[-+]\s)/gm, String.raw`$1\$2`)
    .replace(/^(\s*\d+)(\.\s)/gm, String.raw`$1\$2`)
}

/** At most so many characters, with a sign that something was left out. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
