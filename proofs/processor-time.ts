import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of a tick, in which Linux counts. */
const tick = 10

interface Counted {
  readonly parent: number
  readonly own: number
  readonly ofEnded: number
}

/** Milliseconds of processor time that a process and its children have had; undefined where that is not told. */
export function processorTimeOf(process: number): number | undefined {
  const main = counted(process)
  if (!main) return undefined
  const children = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (counted(Number(name)) ?? []) : []))
  return children.reduce((sum, child) => sum + (child.parent === process ? child.own : 0), main.own + main.ofEnded)
}

/** From https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html. */
function counted(process: number): Counted | undefined {
  try {
    const stat = readFileSync(`/proc/${process}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const at = (index: number): number => Number(fields[index])
    return { parent: at(1), own: tick * (at(11) + at(12)), ofEnded: tick * (at(13) + at(14)) }
  } catch {
    return undefined
  }
}
