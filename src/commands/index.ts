import type { Command } from './command.ts'
import { dashboard } from './dashboard.ts'
import { credit, kept } from './focus/gaps.ts'
import { start } from './focus/start.ts'
import { help } from './help.ts'
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
import { timer } from './timer/index.ts'

/** Every command there is, in the order in which help lists them. */
export const commands: readonly Command[] = [
  start,
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
  ...settings,
  dashboard,
  setup,
  help(() => commands),
]
