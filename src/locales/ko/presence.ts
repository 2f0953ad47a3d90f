import type { presence as en } from '../en/presence.ts'

export const presence: Record<keyof typeof en, string> = {
  'outage.gap.answered': '이미 답했어요.',
  'outage.gap.none': '지금은 답할 질문이 없어요. 연결이 끊겨 확인할 시간이 생기면 물어볼게요.',
  'outage.gap.ask':
    '{from}부터 {to}까지 {platform} 연결이 끊겼어요. 그동안 ‘{room}’ 방에서 계속 집중했나요? 답하면 직접 알린 시간으로 표시돼요.',
  'outage.gap.kept': '계속 집중했어요',
  'outage.gap.counted': '직접 알린 시간으로 {time} 인정했어요.',
  'outage.gap.nothing': '그동안 집중 시간이 없어서 인정할 것이 없어요.',
  'outage.panel':
    '방금 {time} 동안 연결이 끊겼어요. {bridged, select, yes {자리를 지킨 분은 잃은 시간이 없어요.} other {해당하는 분께 물어봤어요.}}',
  'outage.credit': '모두 인정하기',
  'outage.credit.offer': '{time} 동안 연결이 끊기기 전과 후에 {count}명이 여기 있었어요.',
  'outage.credit.done': '{name} 님이 연결이 끊긴 전후에 있던 {count}명의 시간을 인정했어요: {time}.',
  'outage.credit.none': '인정할 사람이 남아 있지 않아요.',
  'outage.credit.forbidden': '운영진만 모두의 시간을 인정할 수 있어요.',
  'presence.claim.over': '한 시간이 지났거나 이미 답해서 인정할 것이 없어요.',
  'option.gap.about': '끊긴 시간',
  'option.outage.about': '연결이 끊긴 때',
  'command.focus.kept.summary': '연결이 끊긴 시간을 직접 알리기',
  'command.focus.credit.summary': '연결이 끊긴 시간을 모두에게 인정하기',
}
