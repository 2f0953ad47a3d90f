/** What can be told to go wrong. */

/** 500, 502 or 429 as an answer; `cut`: the connection is reset before anything is done; `lost`: it is done, and the answer never arrives. */
export type Failure = 500 | 502 | 429 | 'cut' | 'lost'
export type RequestSeen = { readonly method: string; readonly path: string; readonly body: unknown }
export type Matching = (request: RequestSeen) => boolean
type Order = { left: number; readonly failure: Failure; readonly matching: Matching }

export type Faults = {
  /** The next `times` matching requests fail in this way; those before them in the list of orders first. */
  failNext(times: number, failure: Failure, matching?: Matching): void
  /** Every matching REST answer takes this much longer (ms). 0 ends it. */
  delayAnswers(ms: number, matching?: Matching): void
  /** Every gateway event takes this much longer (ms). 0 ends it. */
  delayEvents(ms: number): void
  /** The next `times` RESUMEs are answered with INVALID_SESSION. */
  refuseResumes(times: number): void
  /** Heartbeats stay without acknowledgement, so that clients think the connection dead. */
  muteHeartbeats(muted: boolean): void
  /** The gateway takes no connections, as in an outage. */
  closeGateway(closed: boolean): void
}

export type FaultState = Faults & {
  readonly eventDelay: number
  readonly heartbeatsMuted: boolean
  readonly gatewayClosed: boolean
  takeRefusedResume(): boolean
  takeFailure(request: RequestSeen): Failure | null
  delayOf(request: RequestSeen): number
}

export const createFaults = (): FaultState => {
  const orders: Order[] = []
  let answerDelay = { ms: 0, matching: (_: RequestSeen) => true as boolean }
  let eventDelay = 0
  let refusedResumes = 0
  let heartbeatsMuted = false
  let gatewayClosed = false
  return {
    failNext: (times, failure, matching = () => true) => {
      orders.push({ left: times, failure, matching })
    },
    delayAnswers: (ms, matching = () => true) => {
      answerDelay = { ms, matching }
    },
    delayEvents: (ms) => {
      eventDelay = ms
    },
    refuseResumes: (times) => {
      refusedResumes = times
    },
    muteHeartbeats: (muted) => {
      heartbeatsMuted = muted
    },
    closeGateway: (closed) => {
      gatewayClosed = closed
    },
    get eventDelay() {
      return eventDelay
    },
    get heartbeatsMuted() {
      return heartbeatsMuted
    },
    get gatewayClosed() {
      return gatewayClosed
    },
    takeRefusedResume: () => {
      if (refusedResumes === 0) return false
      refusedResumes -= 1
      return true
    },
    takeFailure: (request) => {
      const order = orders.find((candidate) => candidate.left > 0 && candidate.matching(request))
      if (!order) return null
      order.left -= 1
      if (order.left === 0) orders.splice(orders.indexOf(order), 1)
      return order.failure
    },
    delayOf: (request) => (answerDelay.ms > 0 && answerDelay.matching(request) ? answerDelay.ms : 0),
  }
}
