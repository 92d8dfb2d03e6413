export {
  type Contract,
  type ContractProps,
  defineContract,
  type Ids,
  type Provider,
  type Scenario,
  type ScenarioContext,
} from './contract.ts'
export type { About, Act, ActContext, Place, Shown } from './people.ts'
export { contractSuite, type ContractSuiteOptions, type TestContext } from './suite/contract-suite.ts'
export { runSuite, type SuiteOf } from './suite/run-suite.ts'
export type { Situation, SuiteOptions } from './suite/suite-options.ts'
export { Calendar } from './calendar.ts'
export { chat, type Talk, talk, type TalkOptions } from './chat.ts'
export {
  type HeardEvent,
  type HeardMessage,
  type HearingBot,
  hearingBot,
  type HearingBotOptions,
  type Written,
} from './hearing-bot.ts'
export { adversary, type AdversaryOptions } from './doubles/adversary.ts'
export { fake } from './doubles/fake.ts'
export type { Double, DoubleCall, DoubleContext, DoubleMessage, DoubleOptions } from './doubles/double-types.ts'
export { demand, demandEqual, demandRefusal, skip } from './suite/verdict.ts'
export {
  asProvider,
  type InstalledProvider,
  type PluginScenario,
  type SetUp,
  type SuiteSetUp,
  suiteSetUp,
} from './set-up.ts'
