import { parentPort, workerData } from 'node:worker_threads'
import { readUpload, type Upload } from '../src/domain/imports/reading.ts'

/** Reads one file beside the event loop: at the limit of size it takes a second, in which every timer and page would wait. */
parentPort?.postMessage(readUpload(workerData as Upload))
