/** The voice gateway's opcodes, version 8; those of end-to-end encryption (DAVE) from 21 on. */
export const opcodes = {
  identify: 0,
  selectProtocol: 1,
  ready: 2,
  heartbeat: 3,
  sessionDescription: 4,
  speaking: 5,
  heartbeatAck: 6,
  resume: 7,
  hello: 8,
  resumed: 9,
  clientsConnect: 11,
  clientDisconnect: 13,
  executeTransition: 22,
  transitionReady: 23,
  externalSender: 25,
  keyPackage: 26,
  proposals: 27,
  commitWelcome: 28,
  announceCommit: 29,
  welcome: 30,
  invalidCommitWelcome: 31,
} as const

/** Why the voice gateway closes a connection. */
export const closeCodes = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  sessionInvalid: 4006,
  disconnected: 4014,
  unknownMode: 4016,
} as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]
