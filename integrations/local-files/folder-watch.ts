import { type FSWatcher, watch } from 'node:fs'
import { basename, join } from 'node:path'

/** Watching takes something of the system for each folder. Further ones are looked through by the clock alone. */
const mostFolders = 1000
/** Where the system watches what is beneath a folder by itself. Elsewhere Node would watch each file, and look for them in one go. */
const watchesBeneath = process.platform === 'darwin' || process.platform === 'win32'

/** Tells that something may have changed in folders, as far as the system tells of it. */
export class FolderWatch implements Disposable {
  readonly #root: string
  readonly #wake: () => void
  readonly #watchers = new Map<string, FSWatcher>()

  constructor(root: string, wake: () => void) {
    this.#root = root
    this.#wake = wake
  }

  /** Watches these folders, and others no more. Gives whether there are new ones, in which something was perhaps missed. */
  follow(folders: readonly string[]): boolean {
    const followed = new Set(watchesBeneath ? [''] : folders.slice(0, mostFolders))
    for (const folder of this.#watchers.keys()) if (!followed.has(folder)) this.#leave(folder)
    const added = [...followed].filter((folder) => !this.#watchers.has(folder) && this.#watch(folder))
    return added.length > 0
  }

  [Symbol.dispose](): void {
    for (const folder of this.#watchers.keys()) this.#leave(folder)
  }

  #watch(folder: string): boolean {
    const path = join(this.#root, ...folder.split('/'))
    try {
      const watcher = watch(path, { recursive: watchesBeneath, persistent: false })
      this.#watchers.set(folder, watcher)
      watcher.on('change', (kind, name) => {
        // So it is told that the folder itself has gone. Another one may come in its place.
        if (kind === 'rename' && name === basename(path)) this.#leave(folder)
        this.#wake()
      })
      watcher.on('error', () => {
        this.#leave(folder)
        this.#wake()
      })
      return true
    } catch {
      // Some disks cannot be watched, and systems have limits. It is looked through by the clock.
      return false
    }
  }

  #leave(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }
}
