/** The database can't be used as it is. The message is one sentence for the operator: what is wrong and what helps. */
export class DatabaseRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseRefused'
  }
}

/** Every connection of the pool stayed in use for the whole wait. */
export class DatabaseBusy extends Error {
  constructor(milliseconds: number) {
    super(`No database connection was free for ${milliseconds / 1000} seconds.`)
    this.name = 'DatabaseBusy'
  }
}
