import { inDigits } from './wording.ts'

const asking =
  /\b(?:what(?:'s| is|s)|how (?:much|many)|calculate|compute|solve|evaluate|add up|result of|work out|and|tell me)\b|=\s*\??\s*$/i

/**
 * The sum that a text asks for, as `12 / (3 + 1)`; undefined where it asks for none. A text that begins with an operator
 * goes on from the last result, where there is one.
 */
export function findExpression(text: string, last?: string): string | undefined {
  const plain = inSymbols(text)
  const goesOn = last !== undefined ? /^(?:and |now |then )?([-+*/]\s*\(?\s*[\d.(].*?)[?.!=\s]*$/i.exec(plain) : null
  if (goesOn && isSum(`${last} ${goesOn[1]}`)) return spaced(`${last} ${goesOn[1]}`)
  const found = plain.match(/[-(\d.][-\d\s.+*/()]*[\d)]/g)?.map((one) => one.trim()) ?? []
  const longest = found.filter(isSum).toSorted((one, other) => other.length - one.length)[0]
  if (longest === undefined) return undefined
  const isAll = plain.replace(/[?.!=\s]+$/, '').trim() === longest
  return isAll || asking.test(plain) ? spaced(longest) : undefined
}

/**
 * The value of a sum of numbers, `+ - * /` and parentheses; not finite where it divides by zero, undefined where it is no
 * such sum.
 */
export function evaluate(expression: string): number | undefined {
  const tokens = expression.match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+|[-+*/()]|\S/g) ?? []
  if (tokens.length > 500) return undefined
  let next = 0
  const take = (...wanted: string[]): string | undefined =>
    wanted.includes(tokens[next] ?? '') ? tokens[next++] : undefined

  function sum(): number {
    let value = product()
    for (let operator = take('+', '-'); operator; operator = take('+', '-'))
      value += operator === '+' ? product() : -product()
    return value
  }
  function product(): number {
    let value = factor()
    for (let operator = take('*', '/'); operator; operator = take('*', '/')) {
      const other = factor()
      value = operator === '*' ? value * other : other === 0 ? Infinity : value / other
    }
    return value
  }
  function factor(): number {
    if (take('-')) return -factor()
    if (take('+')) return factor()
    if (take('(')) {
      const value = sum()
      if (!take(')')) throw new SyntaxError('a parenthesis is not closed')
      return value
    }
    const token = tokens[next++] ?? ''
    if (!/^[\d.]/.test(token)) throw new SyntaxError('a number is missing')
    return Number(token)
  }

  try {
    const value = sum()
    return next === tokens.length ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A number without the noise of its binary form: 0.1 + 0.2 is 0.3. */
export function shownNumber(value: number): string {
  return String(Number(value.toPrecision(12)))
}

/** Words and other signs of arithmetic as `+ - * /`. */
function inSymbols(text: string): string {
  return inDigits(text)
    .replaceAll(/(?<=\d),(?=\d{3}\b)/g, '')
    .replaceAll(/(?<=\d)\s*%\s*of\b/gi, ' / 100 *')
    .replaceAll(/\s*\b(?:plus|added to)\b\s*/gi, ' + ')
    .replaceAll(/\s*\bminus\b\s*/gi, ' - ')
    .replaceAll(/\s*\b(?:times|multiplied (?:by|with))\b\s*|(?<=[\d)])\s*[x×·]\s*(?=[\d(.-])/gi, ' * ')
    .replaceAll(/\s*\bdivided by\b\s*|\s*[÷:](?=\s*[\d(])/gi, ' / ')
    .replaceAll(/[−–]/g, '-')
    .trim()
}

function isSum(text: string): boolean {
  // A number with a leading zero is part of a date or of a telephone number.
  return /[\d)]\s*[-+*/]/.test(text) && !/(?<![\d.])0\d/.test(text) && evaluate(text) !== undefined
}

function spaced(expression: string): string {
  return expression.replaceAll(/\s+/g, '').replaceAll(/(?<=[\d)])([-+*/])/g, ' $1 ')
}
