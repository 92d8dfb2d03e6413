const verdict = (kind: string, priority: string, comment: string): string => JSON.stringify({ kind, priority, comment })

/** What the scripted model finds an issue to be, by its words. */
export const rules = [
  {
    when: '/\\b(data loss|security|leak|crash(es|ed)?)\\b/',
    reply: verdict('bug', 'high', 'Thank you for telling us. We look at this first. Which version do you use?'),
  },
  {
    when: '/\\b(bug|error|broken|fails?|wrong)\\b/',
    reply: verdict('bug', 'normal', 'Thank you! What did you do, what did you expect, and what happened instead?'),
  },
  {
    when: '/\\b(docs?|documentation|readme|typo)\\b/',
    reply: verdict('documentation', 'low', 'Thank you! A pull request for this is welcome.'),
  },
  {
    when: '/\\b(please add|would be (nice|great)|feature|support for)\\b/',
    reply: verdict('feature', 'low', 'Thank you for the idea! What would you do with it?'),
  },
  { when: '/\\?/', reply: verdict('question', 'normal', 'Thank you for asking. Somebody will answer soon.') },
  { when: '/[^]/', reply: verdict('other', 'normal', 'Thank you. Somebody will look at it soon.') },
]
