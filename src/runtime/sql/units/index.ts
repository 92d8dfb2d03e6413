import type { Store } from '../../ports/store.ts'
import type { Unit, UnitContext } from '../unit.ts'
import { backlog } from './backlog.ts'
import { listBindings, setBinding } from './bindings.ts'
import { findConversation, getConversation, getOrCreateConversation, listConversations } from './conversations.ts'
import { listDeadLetters, retryDeadLetter } from './dead-letters.ts'
import { lookAhead, settleDue } from './due.ts'
import { getFile, listFiles, readContent, readFile, writeChunk } from './files.ts'
import {
  abandonHandler,
  apply,
  finishHandler,
  finishInbox,
  finishLastHandler,
  getStep,
  hasDelivery,
  listEvents,
  receive,
  retryHandler,
  saveStep,
} from './incoming.ts'
import { findIdentified, identify } from './identifiers.ts'
import { getInstallation, listInstallations, removeInstallation, saveInstallation } from './installations.ts'
import { beat, claim, holds, leave, release, waitingLanes } from './lanes.ts'
import { getMessage, listMessages } from './messages.ts'
import { abandonOutbox, finishOutbox, finishOutgoingHook, retryOutbox, beginOutbox, sendOutbox } from './outgoing.ts'
import { nextInbox, nextOutbox, take } from './next.ts'
import { delayOutbox, listPauses, pauseUntil, takeOutboxPlace, takePlace } from './rate-limits.ts'
import { beginSchedules, fireSchedule } from './schedules.ts'
import { prune } from './prune.ts'
import { findTableRows, getTableRow } from './rows.ts'
import { putFlow, takeFlow } from './oauth.ts'
import { addSecretKey, deleteSecret, getSealed, putSecret, replaceSealed } from './secrets.ts'
import { forgetSpans, listTraces, saveSpans } from './spans.ts'
import { getState } from './states.ts'
import { changeTags } from './tags.ts'
import { beginWorkflow, getWorkflow, listWorkflows } from './workflows.ts'
import { findUser, getOrCreateUser, getUser, listUsers } from './users.ts'

/** The methods of a store, each as a unit. */
export type UnitName = Exclude<keyof Store, typeof Symbol.asyncDispose>
type Units = {
  readonly [N in UnitName]: (
    context: UnitContext,
    ...given: Parameters<Store[N]>
  ) => Unit<Awaited<ReturnType<Store[N]>>>
}

/** What only looks. */
export const readingUnits = {
  backlog,
  findConversation,
  findIdentified,
  findUser,
  findTableRows,
  getConversation,
  getFile,
  getInstallation,
  getMessage,
  getSealed,
  getState,
  getStep,
  getTableRow,
  getUser,
  getWorkflow,
  hasDelivery,
  holds,
  listBindings,
  listConversations,
  listDeadLetters,
  listEvents,
  listFiles,
  listInstallations,
  listMessages,
  listPauses,
  listUsers,
  listWorkflows,
  listTraces,
  lookAhead,
  nextInbox,
  nextOutbox,
  readContent,
  readFile,
  waitingLanes,
} satisfies Partial<Units>

export const units: Units = {
  ...readingUnits,
  abandonHandler,
  abandonOutbox,
  addSecretKey,
  apply,
  beat,
  fireSchedule,
  beginOutbox,
  beginSchedules,
  beginWorkflow,
  changeTags,
  claim,
  finishHandler,
  finishInbox,
  finishLastHandler,
  finishOutbox,
  delayOutbox,
  deleteSecret,
  finishOutgoingHook,
  forgetSpans,
  getOrCreateConversation,
  getOrCreateUser,
  identify,
  leave,
  pauseUntil,
  prune,
  putFlow,
  putSecret,
  receive,
  release,
  replaceSealed,
  removeInstallation,
  retryDeadLetter,
  retryHandler,
  retryOutbox,
  saveInstallation,
  saveSpans,
  saveStep,
  sendOutbox,
  setBinding,
  takeFlow,
  settleDue,
  take,
  takeOutboxPlace,
  takePlace,
  writeChunk,
}
