import { run } from 'plugboard/cli'
import { triageBot } from './bot.ts'

const { TRIAGE_DRY_RUN = '', TRIAGE_SINCE = '' } = process.env
await run(() => triageBot({ dryRun: TRIAGE_DRY_RUN !== '', ...(TRIAGE_SINCE !== '' && { since: TRIAGE_SINCE }) }))
