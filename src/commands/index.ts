import { achievements } from './achievements.ts'
import type { Command } from './command.ts'
import { dashboard } from './dashboard.ts'
import { diagnose } from './diagnose.ts'
import { adding } from './focus/add.ts'
import { debrief } from './focus/debrief.ts'
import { credit, kept } from './focus/gaps.ts'
import { records } from './focus/records.ts'
import { start } from './focus/start.ts'
import { stop } from './focus/stop.ts'
import { stopped } from './focus/stopped.ts'
import { accounts } from './focus/why.ts'
import { goal } from './goal/index.ts'
import { help } from './help.ts'
import { reserve } from './reserve/index.ts'
import { bring } from './room/bring.ts'
import { close } from './room/close.ts'
import { create } from './room/create.ts'
import { edit } from './room/edit.ts'
import { info } from './room/info.ts'
import { join } from './room/join.ts'
import { leave } from './room/leave.ts'
import { list } from './room/list.ts'
import { more } from './room/more.ts'
import { people } from './room/people.ts'
import { share } from './room/share.ts'
import { unbind } from './room/unbind.ts'
import { settings } from './settings/index.ts'
import { setup } from './setup.ts'
import { stats } from './stats.ts'
import { timer } from './timer/index.ts'
import { todo } from './todo/index.ts'

/** Every command there is, in the order in which help lists them. */
export const commands: readonly Command[] = [
  start,
  stop,
  stopped,
  ...adding,
  ...records,
  ...accounts,
  ...debrief,
  kept,
  credit,
  create,
  list,
  info,
  join,
  leave,
  edit,
  share,
  bring,
  unbind,
  ...people,
  more,
  close,
  ...timer,
  ...reserve,
  ...todo,
  stats,
  ...goal,
  achievements,
  ...settings,
  dashboard,
  setup,
  diagnose,
  help(() => commands),
]
