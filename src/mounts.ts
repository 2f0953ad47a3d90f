import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** What another surface publishes on the web server of the process: requests below `prefix`, with the raw body untouched. */
export type Mount = { readonly prefix: string; handle(request: IncomingMessage, response: ServerResponse): void }

/** Asks the mounts first, so that nothing reads the body of a request that is theirs. */
export const firstAsked =
  (mounts: readonly Mount[], otherwise: RequestListener): RequestListener =>
  (request, response) => {
    const mount = mounts.find(({ prefix }) => request.url?.startsWith(prefix))
    if (mount) mount.handle(request, response)
    else otherwise(request, response)
  }
