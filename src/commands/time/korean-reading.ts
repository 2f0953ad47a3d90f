import type { Parser, ParsingContext } from 'chrono-node'

export type Found = ReturnType<Parser['extract']>
/** One way of saying a time, or a part of one. */
export type Reading = { readonly pattern: RegExp; read(match: RegExpMatchArray, context: ParsingContext): Found }

const numerals = ['한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열', '열한', '열두']
/** Longest first, since 열 begins 열한 and 열두. */
export const numeral = `\\d{1,3}|${numerals.toReversed().join('|')}`
export const numberOf = (text: string): number => (/^\d/.test(text) ? Number(text) : numerals.indexOf(text) + 1)

/** What says that a length of time lies ahead; 전 says that it has passed. */
export const later = '뒤|후|이후|있다가|이따가?'
