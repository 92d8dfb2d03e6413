import { describe, expect, it } from 'vitest'
import { bind, failover, IntegrationDefinition, InterfaceDefinition, need, rateLimit, z } from 'plugboard'
import type { BindingInput } from '../../definition/binding.ts'
import { bindingFrom } from '../../definition/binding.ts'
import { type Need, needFrom } from '../../definition/need.ts'
import type { Offer } from './offer.ts'
import { bindingVariable, type BindingSource, solveNeed } from './solve-need.ts'

const speech = (version: string) =>
  new InterfaceDefinition({
    name: 'speech',
    version: version as '1.0.0',
    capabilities: { stream: 'bit by bit', tools: 'with tools' },
    entities: { voice: { schema: z.object({ id: z.string() }) } },
    actions: { say: { input: { schema: () => z.object({}) }, output: { schema: () => z.object({}) } } },
  })
const speech1 = speech('1.2.0')
const speech2 = speech('2.0.0')
const other = new InterfaceDefinition({
  name: 'other',
  version: '1.0.0',
  entities: { voice: { schema: z.object({ id: z.string() }) } },
  actions: { hum: { input: { schema: () => z.object({}) }, output: { schema: () => z.object({}) } } },
})
const named = (name: string) =>
  new IntegrationDefinition({
    name,
    entities: {
      a: { schema: z.object({ id: z.string() }) },
      b: { schema: z.object({ id: z.string(), n: z.number() }) },
    },
  })
const one = named('one').extend(speech1, ({ entities }) => ({
  entities: { voice: entities.a },
  capabilities: ['stream'],
}))
const two = named('two').extend(speech1, ({ entities }) => ({ entities: { voice: entities.a } }))
const later = named('later').extend(speech2, ({ entities }) => ({ entities: { voice: entities.a } }))
const tts = named('tts').extend(other, ({ entities }) => ({ entities: { voice: entities.a } }))
const twice = named('twice')
  .extend(speech1, ({ entities }) => ({ entities: { voice: entities.a }, actions: { say: { name: 'sayA' } } }), {
    as: 'first',
  })
  .extend(speech1, ({ entities }) => ({ entities: { voice: entities.b }, actions: { say: { name: 'sayB' } } }), {
    as: 'second',
  })
const apart = named('apart')
  .extend(speech1, ({ entities }) => ({ entities: { voice: entities.a } }))
  .extend(other, ({ entities }) => ({ entities: { voice: entities.b } }))
const together = named('together')
  .extend(speech1, ({ entities }) => ({ entities: { voice: entities.a } }))
  .extend(other, ({ entities }) => ({ entities: { voice: entities.a } }))

const offer = (definition: { name: string }, inactive?: string, taken: readonly string[] = []): Offer => ({
  alias: definition.name,
  definition: definition as never,
  inactive,
  remedy: 'Set KEY.',
  capabilitiesOf: ({ capabilities }) => capabilities.filter((capability) => !taken.includes(capability)),
})
const solve = (given: unknown, offers: readonly Offer[], ...bindings: readonly [BindingSource, BindingInput][]) => {
  const result = solveNeed(
    {
      consumer: 'assistant',
      name: 'voice',
      need: needFrom(given as Need),
      bindings: bindings.map(([source, to]) => ({ source, binding: bindingFrom(to) })),
    },
    offers,
  )
  if ('binding' in result)
    return { to: result.matches.map((match) => match.offer.alias), source: result.source, lacking: result.lacking }
  return result.map(({ code, message, remedy }) => ({ code, message, remedy }))
}

describe('a need', () => {
  it('is met by the only active integration that fits', () => {
    expect(solve(speech1, [offer(one), offer(tts), offer(two, 'its key is missing')])).toEqual({
      to: ['one'],
      source: 'only candidate',
      lacking: ['tools'],
    })
  })

  it('is met by what was said first', () => {
    expect(solve(speech1, [offer(one), offer(two)], ['dependencies', 'two'], ['configuration', 'one'])).toEqual({
      to: ['two'],
      source: 'dependencies',
      lacking: ['stream', 'tools'],
    })
  })

  it('is refused with what each candidate lacks', () => {
    const [problem] = solve(need(speech1, { capabilities: ['stream'] }), [
      offer(two),
      offer(later),
      offer(tts),
      offer(one, 'its key is missing'),
    ]) as { code: string; message: string; remedy: string }[]
    expect(problem?.code).toBe('binding_missing')
    expect(problem?.message).toBe(
      "plugin 'assistant' needs speech@^1.2.0 {stream}, but nothing offers it: 'two' implements interface 'speech' without the capability 'stream'; 'later' implements interface 'speech' 2.0.0, but ^1.2.0 is needed; 'tts' does not implement interface 'speech'; it implements 'other' 1.0.0; 'one' is inactive: its key is missing.",
    )
    expect(problem?.remedy).toBe("Install an integration that implements the interface, or activate 'one' (Set KEY).")
  })

  it('is refused where several offer it and none was chosen', () => {
    expect(solve(speech1, [offer(one), offer(two)])).toEqual([
      {
        code: 'binding_ambiguous',
        message: "plugin 'assistant' needs speech@^1.2.0, and 'one', 'two' all offer it.",
        remedy:
          "Choose one in `dependencies` of addPlugin: { voice: 'one' }, or by PLUGBOARD_BIND_ASSISTANT_VOICE=one.",
      },
    ])
  })

  it.each([
    ['an alias that is not installed', 'nobody', 'alias_unknown'],
    ['an integration that implements another interface', 'tts', 'binding_interface'],
    ['another version', 'later', 'binding_version'],
    ['an inactive integration', 'two', 'binding_inactive'],
    ['an integration that implements it twice', 'twice', 'binding_ambiguous'],
    [
      'an implementation that is not there',
      { integrationAlias: 'twice', integrationInterfaceAlias: 'third' },
      'binding_interface',
    ],
    ['a policy that cannot be', bind('one', rateLimit({ calls: 0, per: -1 })), 'binding_policy_invalid'],
    ['one candidate of a failover that does not fit', failover('one', 'tts'), 'binding_interface'],
  ] as const)('is refused for %s', (_, to, code) => {
    const offers = [offer(one), offer(two, 'its key is missing'), offer(later), offer(tts), offer(twice)]
    const codes = (solve(speech1, offers, ['dependencies', to as BindingInput]) as { code: string }[]).map(
      (problem) => problem.code,
    )
    expect(new Set(codes)).toEqual(new Set([code]))
  })

  it('chooses between two implementations of one integration', () => {
    expect(
      solve(
        speech1,
        [offer(twice)],
        ['dependencies', { integrationAlias: 'twice', integrationInterfaceAlias: 'second' }],
      ),
    ).toMatchObject({ to: ['twice'] })
  })

  it('is refused a capability that the configuration takes away, and told so', () => {
    const [problem] = solve(
      need(speech1, { capabilities: ['stream'] }),
      [offer(one, undefined, ['stream'])],
      ['default', 'one'],
    ) as { code: string; message: string }[]
    expect(problem).toMatchObject({
      code: 'binding_capability',
      message: expect.stringContaining('which its configuration takes away'),
    })
  })

  it('of several interfaces that share an entity is met by one entity alone', () => {
    const composite = need([speech1, other], { share: 'voice' })
    expect(solve(composite, [offer(together)])).toMatchObject({ to: ['together'] })
    expect(solve(composite, [offer(apart)], ['dependencies', 'apart'])).toMatchObject([
      {
        code: 'binding_interface',
        message: expect.stringContaining(
          "does not implement the interfaces by one entity 'voice': 'speech' by 'a', 'other' by 'b'",
        ),
      },
    ])
    expect(solve(composite, [offer(one), offer(tts)])).toMatchObject([{ code: 'binding_missing' }])
  })

  it('names the environment variable that binds it', () => {
    expect(bindingVariable('mainAssistant', 'textToImage')).toBe('PLUGBOARD_BIND_MAIN_ASSISTANT_TEXT_TO_IMAGE')
    expect(bindingVariable('my-plugin', 'llm')).toBe('PLUGBOARD_BIND_MY_PLUGIN_LLM')
  })
})
