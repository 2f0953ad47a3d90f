import type { RoomView } from '../../domain/rooms/room.queries.ts'
import { message, movedPanel, privatePanel, roomAnswer, roomPanel, saidAlone } from '../room.ts'
import type { Screen } from '../screen.ts'
import { hostileNames, names, person, sampleNow } from './cast.ts'
import { people, sampleView, timers } from './views.ts'

const views: Readonly<Record<string, RoomView>> = {
  'running focus': sampleView(),
  'running break': sampleView({ timer: timers.onBreak }),
  'running long break': sampleView({ timer: timers.onLongBreak }),
  'break before a focus that waits': sampleView({ room: { auto_start_work: false }, timer: timers.onBreak }),
  'paused by somebody': sampleView({ timer: timers.paused, pausedBy: { id: person(3), name: 'Ben' } }),
  'paused by somebody who is not named': sampleView({ timer: timers.paused, pausedBy: { id: person(3), name: null } }),
  'paused by a deleted user': sampleView({ timer: timers.paused }),
  'not running': sampleView({ timer: timers.idle }),
  'break ready': sampleView({ room: { auto_start_break: false }, timer: timers.breakReady }),
  'focus ready': sampleView({ room: { auto_start_work: false }, timer: timers.focusReady }),
  'of eight rounds': sampleView({ room: { rounds: 8 }, timer: { completed_rounds: 7 } }),
  'endless, without long breaks': sampleView({ room: { long_break_after: null }, timer: { completed_rounds: 11 } }),
  'in overtime, a second before its end': sampleView({ timer: { ends_at: sampleNow } }),
  'nobody here': sampleView({ timer: timers.idle, here: [] }),
  full: sampleView({ room: { max_participants: 4 } }),
  private: sampleView({ room: { is_private: true } }),
  'kept by the workspace': sampleView({ room: { keep: true, host_id: null }, host: null }),
  'with 37 people': sampleView({ here: people(...names), count: 37 }),
  'with people who are not named': sampleView({ here: people('Ada', '민준'), count: 5 }),
  'with nobody who is named': sampleView({ here: [], count: 3 }),
  closed: sampleView({ room: { is_active: false, closed_at: sampleNow }, timer: timers.idle, here: [] }),
  'with a Korean name': sampleView({ room: { room_name: '지민 님의 새벽 공부방' }, here: people('지민', '서연', '민준') }),
  'with hostile names': sampleView({
    room: { room_name: hostileNames.join(' ').slice(0, 100), keep: true },
    here: people(...hostileNames),
    timer: timers.paused,
    pausedBy: { id: person(12), name: '@everyone' },
    workspaceName: '<!here> *x*',
  }),
  'with the longest names': sampleView({
    room: { room_name: '👩🏽‍💻뷁'.repeat(40).slice(0, 100) },
    here: people(...names.map((name) => name.padEnd(80, '힣'))),
    count: 500,
  }),
}

/** The panel in every state, what stands above it for one person, and what takes its place. */
export const panels: Readonly<Record<string, Screen>> = {
  ...Object.fromEntries(Object.entries(views).map(([state, view]) => [`panel ${state}`, roomPanel(view, sampleNow)])),
  'panel for one person': privatePanel(sampleView(), sampleNow),
  'panel with a vote': privatePanel(
    sampleView({ room: { control: 'vote' }, votes: [{ deed: 'skip', asker: 'Ben', voted: 2, mine: false }] }),
    sampleNow,
  ),
  'panel with votes of people who are not named': privatePanel(
    sampleView({
      votes: [
        { deed: 'pause', asker: null, voted: 1, mine: true },
        { deed: 'stop', asker: hostileNames[0] ?? '', voted: 1, mine: false },
      ],
    }),
    sampleNow,
  ),
  'panel moved': movedPanel('Deep work'),
  'panel moved with a hostile name': movedPanel('*x* <!channel> <script>'),
  'answer joined': roomAnswer(sampleView(), sampleNow, message('room.joined')),
  'answer joined, beside the panel': saidAlone(roomAnswer(sampleView(), sampleNow, message('room.joined'))),
  'answer joined from another room': roomAnswer(sampleView(), sampleNow, message('room.joined-from', { room: '새벽반' })),
  'answer joined already': roomAnswer(sampleView(), sampleNow, message('room.joined-already')),
  'answer joined before the start': roomAnswer(sampleView({ timer: timers.idle }), sampleNow, message('room.joined')),
  'answer edited': roomAnswer(sampleView(), sampleNow, message('room.edited')),
  'answer voted': roomAnswer(sampleView(), sampleNow, message('timer.voted', { voted: 2, needed: 3 })),
}
