import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/** Lets clients in this thread speak to a voice server with this certificate (PEM). */
export const trust = (certificate: string): void => setDefaultCACertificates([...getCACertificates('default'), certificate])
