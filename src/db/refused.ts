/** The database can't be used as it is. The message is one sentence for the operator: what is wrong and what helps. */
export class DatabaseRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseRefused'
  }
}
