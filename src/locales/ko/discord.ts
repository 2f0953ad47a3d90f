import type { discord as en } from '../en/discord.ts'

export const discord: Readonly<Record<keyof typeof en, string>> = {
  'discord.cut': '여기에 다 담을 수 없어 나머지는 줄였어요.',
  'discord.form.parts': '바꿀 항목을 골라 주세요. 묶음마다 따로 저장돼요.',
  'discord.form.part.lengths': '이름과 시간',
  'discord.form.part.repeating': '반복과 미리 알림',
  'discord.form.part.people': '횟수와 인원',
  'discord.form.part.habits': '자동 진행과 알림',
  'discord.form.part.time': '시간과 언어',
  'discord.form.part.privacy': '공개와 음성',
  'discord.form.part.place': '언어, 시간, 소식',
  'discord.form.part.opening': '방을 만들 사람과 장소',
  'discord.form.part.defaults': '새 방의 기본값',
  'discord.form.part.voice': '음성 채널',
  'discord.form.late': '시간이 너무 오래 걸려 입력 창을 열지 못했어요. 바뀐 것은 없어요.',
  'discord.form.again': '다시 시도',
  'discord.old-button': '이 버튼은 이제 쓸 수 없어요. 가장 최근 메시지나 명령어를 이용해 주세요.',
  'discord.not-served': '이 서버에서는 사용할 수 없도록 설정되어 있어요. 봇 관리자가 서버를 추가할 수 있어요.',
  'discord.lacking':
    '{permissions} 권한이 없어서 이 방 화면을 새로 고칠 수 없어요. 채널 설정의 권한에서 제 역할에 허용해 주세요. 직접 바꿀 수 없다면 운영진에게 부탁해 주세요.',
  'discord.permission.ViewChannel': '채널 보기',
  'discord.permission.SendMessages': '메시지 보내기',
}
