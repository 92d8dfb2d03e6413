/** Something that people tell of themselves, other than by "my … is …". */
export interface Topic {
  /** The name of the fact. */
  readonly about: string
  /** How it is told; the first group is the value. */
  readonly told: readonly RegExp[]
  /** How it is asked back. */
  readonly asked: RegExp
  /** The fact as a sentence. */
  readonly sentence: (value: string) => string
}

export const topics: readonly Topic[] = [
  {
    about: 'name',
    told: [
      telling("[Mm]y name(?:'s| is) (?!not )NAME"),
      telling(
        '[Cc]all me (?!(?:an?|at|back|by|for|if|in|later|maybe|now|on|soon|the|to|today|tomorrow|up|when)\\b)NAME',
      ),
      telling("I(?:'m| am) (?!NO_NAME)(\\p{Lu}[\\p{L}'-]*(?: \\p{Lu}[\\p{L}'-]*)?)(?=\\s*(?:[.,!]|$| and ))"),
    ],
    asked: /\b(?:what(?:'s| is|s)? my name|who am i|(?:know|remember) (?:my name|who i am))\b/i,
    sentence: (value) => `Your name is ${value}.`,
  },
  {
    about: 'home',
    told: [telling('I live in VALUE')],
    asked: /\bwhere (?:do|did) i (?:say (?:that )?i )?live\b/i,
    sentence: (value) => `You live in ${value}.`,
  },
  {
    about: 'origin',
    told: [telling("I(?:'m| am| come) from VALUE")],
    asked: /\bwhere (?:am|do) i (?:come )?from\b/i,
    sentence: (value) => `You are from ${value}.`,
  },
  {
    about: 'work',
    told: [telling('I work (?=as |at |for |in |on |with )VALUE')],
    asked: /\bwhat do i (?:do for (?:a living|work)|work (?:as|on|with))\b|\bwhere do i work\b/i,
    sentence: (value) => `You work ${value}.`,
  },
  {
    about: 'age',
    told: [telling("I(?:'m| am) (\\d{1,3}) years old\\b")],
    asked: /\bhow old am i\b|\bwhat(?:'s| is) my age\b/i,
    sentence: (value) => `You are ${value} years old.`,
  },
  {
    about: 'liking',
    told: [telling('I (?:really |also )?(?:like|love|enjoy) (?!to know )VALUE')],
    asked: /\bwhat do i (?:like|love|enjoy)\b/i,
    sentence: (value) => `You like ${value}.`,
  },
]

function telling(source: string): RegExp {
  const filled = source
    .replace(
      'NO_NAME',
      '(?:OK|Sorry|Fine|Tired|Back|American|Australian|Brazilian|Canadian|Dutch|European|French|German|Indian|Italian|Mexican|Russian|Swiss|\\p{L}+(?:ish|ese))\\b',
    )
    .replace('NAME', "(\\p{L}[\\p{L}'-]*(?: \\p{Lu}[\\p{L}'-]*){0,3})")
    .replace('VALUE', '((?:(?! and (?:I|my)\\b| but\\b)[^.,;!?\\n]){1,60})')
  return new RegExp(`(?<!\\p{L})${filled}`, 'u')
}
