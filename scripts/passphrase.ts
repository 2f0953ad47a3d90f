import { ConfigRefused } from '../src/kernel/environment.ts'

/** Where a passphrase comes from without being seen: the environment, or the keyboard without an echo. Never from the command line. */
export const passphraseVariable = 'FOCUS_MATE_PASSPHRASE'

/** Asks for a line on the terminal and shows nothing of it; null where there is no terminal. */
export async function askUnseen(question: string): Promise<string | null> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return null
  // The terminal stops its echo before it asks, so that a quick answer is not seen either.
  stdin.setRawMode(true)
  stderr.write(question)
  stdin.setEncoding('utf8')
  let typed = ''
  try {
    for await (const keys of stdin.iterator({ destroyOnReturn: false })) {
      for (const key of keys as string) {
        if (key === '\r' || key === '\n') return typed
        if (key === '\u0003') throw new ConfigRefused('Stopped: nothing was done.')
        if (key === '\u007f' || key === '\b') typed = Array.from(typed).slice(0, -1).join('')
        else if (key >= ' ') typed += key
      }
    }
    return typed
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}
