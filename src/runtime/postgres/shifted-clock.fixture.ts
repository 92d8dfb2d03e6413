/** Loaded before everything else of a process, it sets the clock of its machine ahead by CLOCK_AHEAD milliseconds. */
const ahead = Number(process.env['CLOCK_AHEAD'])
const MachineDate = Date

globalThis.Date = class extends MachineDate {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(MachineDate.now() + ahead)
    else super(...(given as [number]))
  }

  static override now(): number {
    return MachineDate.now() + ahead
  }
} as DateConstructor
