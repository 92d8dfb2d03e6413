import type { Style } from './style.ts'

export const upperCase: Style = {
  name: 'upper case',
  asked: /\bupper[- ]?case\b|\b(?:all|in|only) (?:caps|capitals|capital letters)\b/i,
  apply: (text) => text.toUpperCase(),
}

export const lowerCase: Style = {
  name: 'lower case',
  asked: /\blower[- ]?case\b|\bsmall letters\b/i,
  apply: (text) => text.toLowerCase(),
}
