import type { Rule } from './rule.ts'

export const howToSwap =
  'Start the bot with `npm start -- --bind llm=openai` and OPENAI_API_KEY set, and OpenAI answers in my place; `llm=anthropic` does it with ANTHROPIC_API_KEY. `PLUGBOARD_BIND_ASSISTANT_LLM=openai` says the same by the environment. The code of the bot stays as it is.'

/** Questions about the framework. What is asked in few words stands after what is asked in more. */
export const plugboard: readonly Rule[] = [
  {
    name: 'swap',
    match:
      /\b(?:swap|switch|change|replace|use|connect|bind)\b.*\b(?:provider|model|llm|openai|anthropic|claude|gpt|ai)\b|\b(?:real|other|another|better) (?:model|llm|provider|ai)\b|--bind\b|\bopenai\b|\banthropic\b/i,
    reply: [howToSwap],
  },
  {
    name: 'swap while running',
    match: /\b(?:hot[- ]?swap|while (?:it|the bot|you)(?:'s| is| are)? run|at run ?time|without (?:a )?restart)/i,
    reply: [
      'A binding may change while the bot runs: `bot.bindings.set(…)` does it. Calls in flight end where they began; the next one goes to the new provider.',
    ],
  },
  {
    name: 'interface',
    match: /\b(?:what(?:'s| is| are)|explain|define|tell me about|how do(?:es)?)\b.*\binterfaces?\b/i,
    reply: [
      'An interface is a contract: entities, actions, events, channels and capabilities, with what they promise. `llm` is one: I implement it, and so do the integrations of OpenAI and Anthropic. That is why we can stand in for one another.',
    ],
  },
  {
    name: 'integration',
    match:
      /\b(?:what(?:'s| is| are)|explain|define|tell me about|how do(?:es)?|write|make|build|create)\b.*\bintegrations?\b/i,
    reply: [
      'An integration adapts one platform: `new IntegrationDefinition({ … })` declares it, `.extend(llm, …)` says which interface it implements and by which of its entities, and `new IntegrationImplementation(definition, { … })` holds its code. I am one.',
    ],
  },
  {
    name: 'plugin',
    match:
      /\b(?:what(?:'s| is| are)|explain|define|tell me about|how do(?:es)?|write|make|build|create)\b.*\bplug-?ins?\b/i,
    reply: [
      'A plugin is behaviour that needs interfaces and never a certain integration: `new PluginDefinition({ name, interfaces: { llm } })`. The one that lets me talk to you is `assistant`.',
    ],
  },
  {
    name: 'bot',
    match:
      /\bwhat(?:'s| is| are) (?:an? )?(?:plugboard )?bots?\b|\bhow (?:do|can) i (?:write|make|build|create|compose)\b.*\bbots?\b/i,
    reply: [
      'A bot is a composition: `new BotDefinition()`, with `.addIntegration(…)` for the platforms and `.addPlugin(…)` for what it does.',
    ],
  },
  {
    name: 'entity',
    match: /\b(?:what(?:'s| is| are)|explain|define)\b.*\bentit(?:y|ies)\b/i,
    reply: [
      'An entity is a thing of a contract, such as a model of `llm`. Whoever needs the interface can read it, keep it and hand it back, but not make one up, so one provider never gets the model of another.',
    ],
  },
  {
    name: 'capability',
    match: /\b(?:what(?:'s| is| are)|explain|define) (?:a )?capabilit(?:y|ies)\b/i,
    reply: [
      'A capability is an optional power of an interface, such as `stream` and `tools` of `llm`. An integration claims those that it has, and a need asks for those that it cannot do without.',
    ],
  },
  {
    name: 'policy',
    match:
      /\b(?:what(?:'s| is| are)|explain|define|how do(?:es)?)\b.*\b(?:polic(?:y|ies)|failover|retry|retries|time-?outs?|budget|meter|rate limits?)\b/i,
    reply: [
      'A binding may carry policies: `failover`, `timeout`, `retry`, `cache`, `rateLimit`, `meter` and `budget`. They go by what an action says of itself, such as `idempotent` and `billable`, so they work for every interface.',
    ],
  },
  {
    name: 'licence',
    match: /\b(?:licen[cs]e|open source|free of charge)\b|\bis plugboard free\b/i,
    reply: ['Plugboard is open source, under the MIT licence.'],
  },
  {
    name: 'start',
    match: /\b(?:get started|getting started|how (?:do|can) i (?:start|begin|install|run))\b/i,
    reply: [
      '`npm ci` and `npm start` give you this bot. Its code, in `bots/hello`, is a composition of a few lines: begin by changing it.',
    ],
  },
  {
    name: 'framework',
    match: /\bplugboard\b/i,
    reply: [
      'Plugboard is a TypeScript framework for bots that are composed by contract: interfaces say what can be done, integrations do it on some platform, plugins need it, and a bot puts them together. What does not fit is refused by the compiler, and again when the bot starts. Would you like to know how to swap my provider?',
      'In Plugboard a bot is made of interfaces, integrations and plugins that fit by contract, so one provider can take the place of another. Ask me what an interface, an integration, a plugin or an entity is. Or would you like to know how to swap my provider?',
    ],
  },
]
