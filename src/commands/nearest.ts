import { disassemble } from 'es-hangul'
import { distance } from 'fastest-levenshtein'
import { folded } from '../locales/names.ts'

/**
 * The candidate whose spelling is nearest to `typed`, or null where none is near: a third of the letters may be wrong, rounded up.
 * Hangul is compared by its single letters, so that 집줌 is one step from 집중.
 */
export function nearest<C>(typed: string, candidates: Iterable<C>, spellingsOf: (candidate: C) => readonly string[]): C | null {
  const letters = lettersOf(typed)
  let best: { candidate: C; steps: number } | null = null
  for (const candidate of candidates) {
    for (const spelling of spellingsOf(candidate).map(lettersOf)) {
      const steps = distance(letters, spelling)
      if (steps <= Math.ceil(Math.min(letters.length, spelling.length) / 3) && steps < (best?.steps ?? Number.POSITIVE_INFINITY))
        best = { candidate, steps }
    }
  }
  return best?.candidate ?? null
}

/** Longer words are near to nothing, and comparing them costs their length. */
const longestWord = 100

const lettersOf = (text: string): string => disassemble(folded(text.slice(0, longestWord)).replace(/\s/gu, ''))
