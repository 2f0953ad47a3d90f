import type { Line } from '../domain/todos/todo.ts'
import type { Locale } from '../locales/text.ts'

const english: readonly Line[] = [
  { text: 'Read chapter 3', subject: 'biology' },
  { text: 'Problem set 5', subject: 'algebra' },
  { text: 'Write the introduction', subject: 'thesis' },
  { text: 'Review pull requests', subject: 'work' },
  { text: 'Fifty new words', subject: 'spanish' },
  { text: 'Past paper 2024', subject: 'chemistry' },
  { text: 'Outline the talk', subject: 'work' },
  { text: 'Sketch the poster', subject: null },
]

const korean: readonly Line[] = [
  { text: '기출문제 3회', subject: '수학' },
  { text: '영어 단어 50개', subject: '영어' },
  { text: '논문 서론 쓰기', subject: '논문' },
  { text: '코드 리뷰', subject: '업무' },
  { text: '한국사 5강', subject: '한국사' },
  { text: '독서 노트', subject: null },
  { text: '발표 자료 만들기', subject: '업무' },
]

/** What people of the sample community mean to do. */
export const aims: Readonly<Record<Locale, readonly Line[]>> = { en: english, ko: korean }

/** What its owner still has on the list, and what is ticked. */
export const ownersList = {
  open: [
    'Write the discussion #thesis',
    'Problem set 6 #algebra',
    'Thirty new words #spanish',
    'Answer the reviewers #thesis',
    'Book the room',
  ],
  done: ['Write the introduction #thesis', 'Problem set 5 #algebra', 'Read chapter 3 #biology', 'Past paper 2024 #chemistry'],
} as const
