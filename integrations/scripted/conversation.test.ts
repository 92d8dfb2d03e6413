import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import type { Message } from './exchange.ts'

/** What the model answers to texts that are said one after the other. */
function talk(texts: readonly string[], systemPrompt?: string): string[] {
  const messages: Message[] = []
  return texts.map((content) => {
    messages.push({ role: 'user', content })
    const { text } = decide(
      { messages: [...messages], ...(systemPrompt !== undefined && { systemPrompt }) },
      { rules: [], results: {}, seed: 0 },
    )
    messages.push({ role: 'assistant', content: text })
    return text
  })
}
const last = (...texts: string[]) => talk(texts).at(-1)

describe('a conversation', () => {
  it('begins with a greeting that says what one speaks to, and is not repeated as it is', () => {
    const [first, second] = talk(['hello', 'Hi!'])
    expect(first).toBe(
      'Hello! I am the scripted model of Plugboard: I work by rules, without a key or a network. Ask me what I can do.',
    )
    expect(second).toMatch(/^Hello again!/)
    expect(last('Good evening.')).toMatch(/^Good evening!/)
  })

  it('remembers a name from earlier turns, and uses it', () => {
    const answers = talk(['my name is Ada', 'what is 1 + 1?', 'What is my name?', 'thanks', 'bye'])
    expect(answers[0]).toContain('Ada')
    expect(answers[2]).toBe('Your name is Ada.')
    expect(answers[3]).toContain('Ada')
    expect(answers[4]).toContain('Ada')
  })

  it.each([
    ['my name is ada lovelace', 'Ada'],
    ['My name is Ada Lovelace, and I like tea', 'Ada Lovelace'],
    ["Hi there, I'm Grace.", 'Grace'],
    ['You can call me Zoë', 'Zoë'],
    ["I'm Jean-Luc and I live in Bern", 'Jean-Luc'],
  ])('learns a name from %j', (text, name) => expect(last(text, 'who am I?')).toBe(`Your name is ${name}.`))

  it.each(['call me at 555-1234', "I'm OK", 'I am German.', 'my name is not important', 'is my name Ada?'])(
    'learns no name from %j',
    (text) => expect(last(text, 'what is my name?')).toBe('You have not told me your name yet. What is it?'),
  )

  it('asks for what it was not told, and takes the answer', () => {
    expect(talk(["what's my name?", 'ada', "what's my name?"]).at(-1)).toBe('Your name is Ada.')
    expect(last("what is my dog's name?", 'Rex', "what is my dog's name?")).toBe("Your dog's name is Rex.")
    // No is an answer, but no name.
    expect(last('what is my name?', 'no', 'what is my name?')).toBe('You have not told me your name yet. What is it?')
  })

  it('remembers what else it is told, the last word counting', () => {
    const told = [
      'My favorite color is blue and I live in Berlin',
      'I am 36 years old',
      'my favourite colour is red',
      'I love my dog',
    ]
    expect(last(...told, "What's my favourite color?")).toBe('Your favourite colour is red.')
    expect(last(...told, 'where do I live')).toBe('You live in Berlin.')
    expect(last(...told, 'how old am I?')).toBe('You are 36 years old.')
    expect(last(...told, 'what do you know about me?')).toBe(
      'Your favourite colour is red. You live in Berlin. You are 36 years old. You like your dog.',
    )
    expect(last('What do you know about me?')).toMatch(/^Nothing yet/)
  })

  it('remembers what was said', () => {
    expect(last('hello', 'I like tea', 'What did I say first?')).toBe('You began with: “hello”')
    expect(last('hello', 'I like tea', 'what did I just say?')).toBe('You said: “I like tea”')
    const [, joke, again] = talk(['hello', 'tell me a joke', 'say that again'])
    expect(again).toBe(`I said: “${joke}”`)
    expect(last('hello', 'I like tea', 'summarize our conversation')).toBe(
      'You have said 2 things: “hello”, “I like tea”.',
    )
  })

  it('does sums, and goes on with their results', () => {
    expect(talk(['what is 2 + 3 * (4 - 1)?', 'times 3', 'and divided by 0'])).toEqual([
      '2 + 3 * (4 - 1) = 11',
      '11 * 3 = 33',
      '33 / 0 has no result: nothing can be divided by zero.',
    ])
  })

  it('explains Plugboard, and how to swap the provider', () => {
    expect(last('How do I swap the provider?')).toContain('`npm start -- --bind llm=openai`')
    expect(last('can I use a real model?')).toContain('--bind llm=openai')
    expect(last('What is Plugboard?')).toContain('composed by contract')
    expect(last('what is an interface?')).toContain('contract')
    expect(last('how do I write a plugin?')).toContain('PluginDefinition')
    const [, yes] = talk(['What is Plugboard?', 'yes, please'])
    expect(yes).toContain('--bind llm=openai')
  })

  it('takes yes and no for answers to what it asked', () => {
    const [question, yes] = talk(['I feel tired', 'yes'])
    expect(question).toMatch(/tired\?$/)
    expect(yes).toBe('All right: in your own words, please.')
    expect(last('thanks', 'hello', 'thanks', 'hm', 'thanks', 'no')).toBe('Then I am done. It was good to talk to you.')
    expect(last('no')).toMatch(/^All right, then not/)
  })

  it('says who it is and what it can do, and pretends nothing', () => {
    expect(last('who are you?')).toContain('scripted model of Plugboard')
    expect(last('are you human?')).toMatch(/^No: I am a program/)
    expect(last('Are you a robot?')).toMatch(/^Yes: I am a program/)
    expect(last('what can you do?')).toContain('remember what you tell me')
    expect(last('what time is it?')).toContain('no clock')
    expect(last('write me a poem')).toContain('language model')
  })

  it('asks back where it does not understand, in other words each time', () => {
    const texts = [
      'The cat sat on the mat',
      'A dog lay by the door',
      'The bird was in the tree',
      'A fish swam in the lake',
    ]
    const answers = talk(texts)
    for (const answer of answers) expect(answer).toMatch(/\?$|^I see\. Tell me more/)
    expect(new Set(answers.map((answer) => answer.replaceAll(/“[^”]*”/g, ''))).size).toBe(4)
    expect(answers[0]).toContain('“mat”')
    expect(last('Why does the sun shine?')).toContain('“shine”')
    expect(last('what do you think about quantum physics?')).toContain('quantum physics')
    expect(last('Wie geht es dir?')).toContain('English')
    expect(last('???')).toContain('no words')
  })

  it('answers what follows a greeting, and not the greeting', () => {
    expect(last('Hi, what is 1 + 1?')).toBe('1 + 1 = 2')
    expect(last('Hello there! What is an entity?')).toContain('contract')
  })

  it('has something to say to whatever it is told', () => {
    const texts = [
      '',
      ' ',
      '!',
      '0',
      '\n',
      'a'.repeat(10_000),
      '(',
      '$1',
      '`',
      'constructor',
      '__proto__',
      '💡',
      '你好吗',
      '1/0',
    ]
    for (const answer of talk(texts)) expect(answer).not.toBe('')
  })

  it('answers a conversation in which nobody has said anything', () => {
    const { text } = decide(
      { messages: [{ role: 'assistant', content: 'Welcome!' }] },
      { rules: [], results: {}, seed: 0 },
    )
    expect(text).not.toBe('')
  })
})

describe('a system prompt', () => {
  it('gives the model a name and a role', () => {
    const prompt = 'You are Max, a guide to Rome. Be kind.'
    expect(talk(['hello', 'who are you?'], prompt)).toEqual([
      'Hello! I am Max, a guide to Rome. What can I do for you?',
      'I am Max, a guide to Rome. I work by rules: no key, no network, and the same answer every time.',
    ])
    expect(talk(['who are you?'], 'Your name is Eva.')[0]).toMatch(/^I am Eva\./)
    expect(talk(['who are you?'], 'You are a helpful assistant.')[0]).toMatch(/^I am a helpful assistant\./)
    expect(talk(['who are you?'], 'You are answering questions.')[0]).toMatch(/^I am the scripted model/)
  })

  it('gives the answers a style', () => {
    expect(talk(['what is my name?'], 'Answer in upper case.')).toEqual([
      'YOU HAVE NOT TOLD ME YOUR NAME YET. WHAT IS IT?',
    ])
    expect(talk(['hello'], 'You are a pirate.')[0]).toMatch(/^Ahoy! I be .* Arr!$/)
  })

  it('leaves answers alone where it asks for nothing that rules can do', () => {
    expect(talk(['hello'], 'Keep answers short. Use informal words.')).toEqual(talk(['hello']))
  })
})

describe('a text that is to be rewritten', () => {
  const rewritten = (text: string, style: string) =>
    talk([text], `Rewrite the message of the user ${style}. Give the new text alone.`)[0]

  it('is not answered, but said in the style that is asked for', () => {
    expect(rewritten('Hello my friend, are you going to `my is` now? See https://is.my/you.', 'like a pirate')).toBe(
      "Ahoy me matey, be ye goin' to `my is` now? See https://is.my/you. Arr!",
    )
    expect(rewritten("hey, I'm sorry but I can't come! thanks", 'formally')).toBe(
      'Good day, I am sorry but I cannot come. Thank you',
    )
    expect(rewritten('Your order (v1.5) has shipped. It comes on Monday.', 'in a cheerful tone')).toBe(
      'Your order (v1.5) has shipped! It comes on Monday! 🎉',
    )
    expect(rewritten('I think you should really just restart it. Then wait.', 'so that it is short')).toBe(
      'You should restart it.',
    )
    expect(rewritten('Hello', 'in upper case')).toBe('HELLO')
    expect(rewritten('My name is Ada', 'in lower case')).toBe('my name is ada')
  })

  it('is given as it is where the style is unknown', () => {
    const text = 'Hi, what is 2 + 2?\nAnd you?'
    expect(rewritten(text, 'like a medieval knight')).toBe(text)
  })

  it('is met by no rule of the developer but one that fails', () => {
    const question = {
      messages: [{ role: 'user' as const, content: 'Hello' }],
      systemPrompt: 'Rewrite this in upper case.',
    }
    const answer = { when: 'hello', reply: 'No.', delay: 0, fallback: false }
    expect(decide(question, { rules: [answer], results: {}, seed: 0 }).text).toBe('HELLO')
    expect(decide(question, { rules: [{ ...answer, fail: 'vendor_failed' }], results: {}, seed: 0 }).fail).toBe(
      'vendor_failed',
    )
  })
})
