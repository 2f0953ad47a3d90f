/** Reads what a request carries: JSON, or a form with `payload_json` and files. */

import type { IncomingMessage } from 'node:http'
import type { Upload } from './attachments.ts'
import { refusal } from './errors.ts'

export type Body = { readonly json: unknown; readonly uploads: readonly Upload[] }

const collect = async (request: IncomingMessage): Promise<Buffer<ArrayBuffer>> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal('invalidJson')
  }
}

const ofForm = async (bytes: Buffer<ArrayBuffer>, type: string): Promise<Body> => {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const uploads: Upload[] = []
  for (const [key, part] of form)
    if (key.startsWith('files[') && typeof part !== 'string')
      uploads.push({ name: part.name, type: part.type || 'application/octet-stream', bytes: new Uint8Array(await part.arrayBuffer()) })
  const payload = form.get('payload_json')
  return { json: typeof payload === 'string' ? parsed(payload) : {}, uploads }
}

/** 50109 for what is no JSON. No body at all reads as `undefined`. */
export const readBody = async (request: IncomingMessage): Promise<Body> => {
  const bytes = await collect(request)
  if (bytes.length === 0) return { json: undefined, uploads: [] }
  const type = request.headers['content-type'] ?? ''
  return type.startsWith('multipart/form-data') ? ofForm(bytes, type) : { json: parsed(bytes.toString('utf8')), uploads: [] }
}
