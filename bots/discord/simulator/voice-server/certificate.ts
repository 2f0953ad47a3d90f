/** A certificate for 127.0.0.1 that signs itself, made anew for each voice server: bots speak to voice servers over TLS only. */

import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'

export type Certificate = { readonly key: string; readonly cert: string }

/** One value of DER (X.690): a tag, the length of what follows, and that. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes)
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes)
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]))
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text))
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const critical = der(0x01, Buffer.from([0xff]))

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'))
const commonName = identifier('550403')
const basicConstraints = identifier('551d13')
const subjectAltName = identifier('551d11')

/** Trust in one certificate is found by its name, so each has its own. */
const newName = (): Buffer => sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(`Voice ${randomUUID()}`)))))

const extensions = sequence(
  sequence(basicConstraints, critical, octets(sequence(critical))),
  sequence(subjectAltName, octets(sequence(der(0x87, Buffer.from([127, 0, 0, 1]))))),
)

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`

/** The structure is that of RFC 5280, section 4.1. */
export const newCertificate = (): Certificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = newName()
  const content = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, extensions),
  )
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: pem(sequence(content, ecdsaWithSha256, bits(sign('sha256', content, privateKey)))),
  }
}
