import type { stats as en } from '../en/stats.ts'

export const stats: Readonly<Record<keyof typeof en, string>> = {
  'chart.goal': '하루 목표 {goal}',
  'chart.today': '오늘',
  'chart.days-ago': '{days}일 전',
  'chart.streak': '{days, plural, =0 {아직 연속 집중이 없어요} other {#일 연속 집중}}',
  'chart.day.kept': '집중한 날',
  'chart.day.rest': '쉬는 날',
  'chart.day.frozen': '연속 보호 사용',
  'chart.day.protected': '장애로 보호됨',
  'chart.day.missed': '집중 없음',
  'chart.day.open': '오늘, 진행 중',
  'chart.heat.none': '없음',
  'chart.heat.some': '조금',
  'chart.heat.from': '{time} 이상',
}
