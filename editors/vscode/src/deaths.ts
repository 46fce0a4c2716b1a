// When a server that dies is started again. The one thing to know: it has a few lives within a few minutes; a server that
// dies at once, each time, must not be started for ever behind the user's back.

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

  /** Somebody asked for a restart: what was before does not count. */
  forget(): void {
    this.times = []
  }
}
