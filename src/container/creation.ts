import { ResolutionError } from './resolution-error.ts'

/** A scope, as far as errors name it. */
interface Place {
  /** The names of the scopes from the root to this one. */
  readonly path: readonly string[]
}

/** A service that is being created. */
interface Creation {
  /** The description of the token. */
  readonly subject: string
  /** The registration itself: one token may be registered in several scopes. */
  readonly registration: object
  /** The scope that was asked. */
  readonly asker: Place
  /** The scope that the dependencies come from. */
  readonly home: Place
}

// The creations under way, outermost first. Factories are synchronous, so it is empty whenever other code runs.
const underway: Creation[] = []

/** Runs a factory with its creation on record, so that errors know the path and a cycle is seen before it overflows. */
export function create<T>(creation: Creation, factory: () => T): T {
  const { subject, registration, asker, home } = creation
  const path = resolutionPath(asker, subject)
  const start = underway.findIndex((other) => other.registration === registration && other.home === home)
  if (start >= 0) {
    const cycle = [...underway.slice(start).map((other) => other.subject), subject].join(' → ')
    throw new ResolutionError('dependency_cycle', path, `the registrations need each other: ${cycle}`)
  }
  underway.push(creation)
  try {
    return factory()
  } catch (error) {
    throw ResolutionError.thrownBy(path, error)
  } finally {
    underway.pop()
  }
}

/** The error for a token that is registered neither in the scope that was asked nor in one around it. */
export function unregistered(asker: Place, subject: string, registered: readonly string[]): ResolutionError {
  const path = resolutionPath(asker, subject)
  // A singleton asks the scope that registered it, which may be another than the one that the path begins with.
  const elsewhere = underway[0] !== undefined && underway[0].asker !== asker
  const where = elsewhere ? `in ${scopeName(asker)}, where it is looked for` : 'here'
  const problem = `nothing is registered for token "${subject}"; registered ${where}: ${registered.join(', ') || 'nothing'}`
  return new ResolutionError('token_unregistered', path, problem)
}

/** The error for registering a token twice in one scope. */
export function taken(scope: Place, subject: string): ResolutionError {
  const problem = `${scopeName(scope)} already has something for this token; a scope inside it may have another`
  return new ResolutionError('token_taken', resolutionPath(scope, subject), problem)
}

/** The error for using a scope that has been disposed of, or is being disposed of. */
export function disposed(scope: Place, subject: string): ResolutionError {
  const problem = `${scopeName(scope)} has been disposed of`
  return new ResolutionError('container_disposed', resolutionPath(scope, subject), problem)
}

/** The scopes and tokens that led to this one, outermost first. */
function resolutionPath(asker: Place, subject: string): readonly string[] {
  const scopes = (underway[0]?.asker ?? asker).path
  return [...scopes, ...underway.map((creation) => creation.subject), subject]
}

function scopeName({ path }: Place): string {
  return path.join(' › ') || 'the root scope'
}
