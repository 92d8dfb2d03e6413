import type { BindingStore } from './binding-store.ts'
import type { FileStore } from './file-store.ts'
import type { InstallationStore } from './installation-store.ts'
import type { LaneStore } from './lane-store.ts'
import type { LimitStore } from './limit-store.ts'
import type { OAuthStore } from './oauth-store.ts'
import type { RecordStore } from './record-store.ts'
import type { RowStore } from './row-store.ts'
import type { SecretStore } from './secret-store.ts'
import type { SpanStore } from './span-store.ts'
import type { TimeStore } from './time-store.ts'
import type { WorkflowStore } from './workflow-store.ts'

/**
 * Where everything is kept. Every method is one unit: done whole, or not at all. What takes a claim throws `lease_lost`
 * when it holds no longer, and does nothing then.
 */
export interface Store
  extends
    RecordStore,
    LaneStore,
    RowStore,
    FileStore,
    WorkflowStore,
    TimeStore,
    BindingStore,
    InstallationStore,
    SpanStore,
    SecretStore,
    OAuthStore,
    LimitStore,
    AsyncDisposable {}
