/**
 * The language of a text that somebody typed, as far as its script tells, for the `lang` attribute: screen readers then
 * read a Korean name in an English page in Korean. Latin letters are taken for English; null where the script says nothing.
 */
export function tongueOf(text: string): 'ko' | 'ja' | 'zh' | 'en' | null {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko'
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja'
  if (/\p{Script=Han}/u.test(text)) return 'zh'
  return /\p{Script=Latin}/u.test(text) ? 'en' : null
}
