/** Where voice packets arrive, and where bots ask for their own address ("IP discovery"). */

import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'

export type Udp = { readonly port: number; close(): void }

/** A question or answer for an address: 74 bytes, their kind (1 or 2) first, then the length of the rest. */
const discoverySize = 74
const isQuestion = (packet: Buffer): boolean => packet.length === discoverySize && packet.readUInt16BE(0) === 1
const keepAliveSize = 8

export const listen = async (mayDiscover: (ssrc: number) => boolean, hear: (packet: Buffer) => void): Promise<Udp> => {
  const socket: Socket = createSocket('udp4')
  socket.on('message', (packet, from) => {
    if (isQuestion(packet)) {
      if (mayDiscover(packet.readUInt32BE(4))) socket.send(addressOf(packet, from), from.port, from.address)
    } else if (packet.length === keepAliveSize) socket.send(packet, from.port, from.address)
    else hear(packet)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { port: socket.address().port, close: () => socket.close() }
}

const addressOf = (question: Buffer, { address, port }: RemoteInfo): Buffer => {
  const answer = Buffer.alloc(discoverySize)
  answer.writeUInt16BE(2, 0)
  answer.writeUInt16BE(discoverySize - 4, 2)
  question.copy(answer, 4, 4, 8)
  answer.write(address, 8)
  answer.writeUInt16BE(port, discoverySize - 2)
  return answer
}
