const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
let codes: ReadonlyMap<string, string> | undefined

/** The code of a language, such as `en`, which some vendors call by its English name. Undefined for what is neither. */
export function languageCode(language: string): string | undefined {
  if (/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language)) return language
  codes ??= new Map(named())
  return codes.get(language.toLowerCase())
}

function named(): [string, string][] {
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
  const pairs = letters.flatMap((first) => letters.map((second) => first + second))
  return pairs.flatMap((code): [string, string][] => {
    const name = names.of(code)
    return name === undefined ? [] : [[name.toLowerCase(), code]]
  })
}
