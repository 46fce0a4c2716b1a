// Decides when a server that died is started again.
// Invariant: a server that dies at each start is not restarted for ever.

/** Deaths within `PERIOD` that are answered by a restart. */
export const LIVES = 4
/** In milliseconds. */
export const PERIOD = 3 * 60_000

/** Counts deaths; `now` is any clock in milliseconds. */
export class Deaths {
  private times: number[] = []

  /** Notes a death; whether to start again. */
  note(now: number): boolean {
    this.times = [...this.times.filter(time => now - time < PERIOD), now]
    return this.times.length <= LIVES
  }

  get count(): number {
    return this.times.length
  }

  /** Forgets earlier deaths: a restart was asked for. */
  forget(): void {
    this.times = []
  }
}
